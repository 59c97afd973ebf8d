#include "cases_runner/symbols.h"

#include <cmath>

#include "cases_runner/values.h"

namespace throughline::cases {
namespace {

// Of numbers of the size of a timestamp the sixth decimal is not exact any more.
constexpr double kTimeTolerance = 1.2e-6;

bool is_exact(const std::string& key) {
  return key == "data" || key == "attributes" || key == "trace";
}

}  // namespace

bool Symbols::match(const Json& expected, const Json& got, std::string& where) {
  if (expected.is_object() && got.is_object()) return match_object(expected, got, where);
  if (expected.is_array() && got.is_array()) {
    if (expected.size() != got.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (match(expected[i], got[i], where)) continue;
      where.insert(0, "/" + std::to_string(i));
      return false;
    }
    return true;
  }
  if (expected.is_string()) return match_text(text_of(expected), got);
  const std::optional<double> number = number_of(expected);
  if (number && got.is_number()) return std::fabs(*number - got.get<double>()) <= kTimeTolerance;
  return expected == got;
}

bool Symbols::match_object(const Json& expected, const Json& got, std::string& where) {
  for (const auto& [key, value] : expected.items()) {
    const Json& found = member(got, key.c_str());
    const bool whole = !is_exact(key) || !value.is_object() || value.size() == found.size();
    if (has(got, key.c_str()) && whole && match(value, found, where)) continue;
    where.insert(0, "/" + key);
    return false;
  }
  return true;
}

bool Symbols::match_text(const std::string& expected, const Json& got) {
  if (!expected.starts_with('$') || !got.is_string()) return got == expected;
  const auto [entry, added] = values_.emplace(expected, text_of(got));
  return added || got == entry->second;
}

}  // namespace throughline::cases
