#include "cases_runner/values.h"

#include <cmath>
#include <limits>

#include "throughline/base/text_ops.h"

namespace throughline::cases {
namespace {

constexpr double kRandTolerance = 2e-6;

bool is_generated(const std::string& key) { return key == "sampleRand" || key == "sample_rand"; }

std::optional<double> reading_of(const Json& value) {
  if (value.is_string()) return leading_number(text_of(value));
  return number_of(value);
}

bool same(const Json& expected, const Json& got);

bool same_member(const std::string& key, const Json& expected, const Json& got) {
  if (!is_generated(key)) return same(expected, got);
  const std::optional<double> want = reading_of(expected);
  const std::optional<double> have = reading_of(got);
  if (!want || !have || expected.type() != got.type()) return same(expected, got);
  return std::fabs(*want - *have) <= kRandTolerance;
}

bool same(const Json& expected, const Json& got) {
  if (expected.is_object() && got.is_object()) {
    if (expected.size() != got.size()) return false;
    for (const auto& [key, value] : expected.items()) {
      const auto found = got.find(key);
      if (found == got.end() || !same_member(key, value, *found)) return false;
    }
    return true;
  }
  if (expected.is_array() && got.is_array()) {
    if (expected.size() != got.size()) return false;
    for (std::size_t at = 0; at < expected.size(); ++at) {
      if (!same(expected[at], got[at])) return false;
    }
    return true;
  }
  return expected == got;
}

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_code_point(std::string& out, unsigned code_point) {
  const auto push = [&](unsigned byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return push(code_point);
  if (code_point < 0x800) {
    push(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      push(0xE0 | code_point >> 12);
    } else {
      push(0xF0 | code_point >> 18);
      push(0x80 | (code_point >> 12 & 0x3F));
    }
    push(0x80 | (code_point >> 6 & 0x3F));
  }
  push(0x80 | (code_point & 0x3F));
}

std::string text_of_units(const Json& units) {
  std::string out;
  const auto unit_at = [&](std::size_t at) {
    return at < units.size() ? static_cast<unsigned>(number_of(units[at]).value_or(0)) : 0U;
  };
  for (std::size_t at = 0; at < units.size(); ++at) {
    const unsigned unit = unit_at(at);
    const unsigned next = unit_at(at + 1);
    if (unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
      append_code_point(out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
      ++at;
      continue;
    }
    append_code_point(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
  }
  return out;
}

}  // namespace

const Json& member(const Json& object, const char* key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

bool has(const Json& object, const char* key) { return object.is_object() && object.contains(key); }

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  const Json& units = member(value, "utf16");
  return units.is_array() ? text_of_units(units) : std::string{};
}

std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  const std::string name = text_of(member(value, "js"));
  if (name == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (name == "Infinity") return std::numeric_limits<double>::infinity();
  if (name == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<bool> flag_of(const Json& value) {
  if (!value.is_boolean()) return std::nullopt;
  return value.get<bool>();
}

Json json_of(const Members& members) {
  Json map = Json::object();
  for (const Member& entry : members) map[entry.key] = entry.value;
  return map;
}

Json json_of(const std::optional<Members>& members) {
  return members ? json_of(*members) : Json(nullptr);
}

Json json_of(std::optional<bool> flag) { return flag ? Json(*flag) : Json(nullptr); }

Json json_of(std::optional<double> number) { return number ? Json(*number) : Json(nullptr); }

Json header_json(Text text) { return text.empty() ? Json(nullptr) : Json(std::string{text}); }

Outcome compare(const Json& expected, const Json& got) {
  if (same(expected, got)) return {};
  return {Outcome::Verdict::Fail, "expected " + dump(expected) + ", got " + dump(got)};
}

Outcome skip(std::string_view reason) { return {Outcome::Verdict::Skip, std::string{reason}}; }

}  // namespace throughline::cases
