#include "throughline/base/reason.h"

#include <cstdint>

#include "throughline/base/text_ops.h"

namespace throughline {

Text reason_name(Reason reason) {
  // In the order of their names.
  static constexpr std::uint8_t kNumbers[] = {
#define X(number, name, text) number,
      THROUGHLINE_REASONS(X)
#undef X
  };
  Text rest =
#define X(number, name, text) text " "
      THROUGHLINE_REASONS(X)
#undef X
      ;
  for (const std::uint8_t number : kNumbers) {
    const Text name = cut(rest, ' ');
    if (number == static_cast<int>(reason)) return name;
  }
  return {};
}

}  // namespace throughline
