// The names of reasons in a link target without spans: those about requests, which is all that
// anybody asks for there. Takes the place of throughline/base/reason.cpp, as few_options.cpp does.
#include <array>

#include "throughline/base/reason.h"

namespace throughline {
namespace {

// They come first in the list, numbered from 1.
constexpr auto kLast = static_cast<std::size_t>(Reason::CoreUnavailable);

constexpr auto kNames = [] {
  std::array<const char*, kLast + 1> names{""};
  const auto put = [&names](std::size_t number, const char* name) {
    if (number <= kLast) names[number] = name;
  };
#define X(number, name, text) put(number, text);
  THROUGHLINE_REASONS(X)
#undef X
  return names;
}();

}  // namespace

Text reason_name(Reason reason) {
  const auto number = static_cast<std::size_t>(reason);
  return number <= kLast ? kNames[number] : "";
}

}  // namespace throughline
