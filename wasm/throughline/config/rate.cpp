#include "throughline/config/rate.h"

#include "throughline/base/text_ops.h"

namespace throughline {

std::optional<double> valid_rate(double value) {
  // Not a number fails both comparisons.
  if (value >= 0 && value <= 1) return value;
  return std::nullopt;
}

std::optional<double> valid_rate(Text text) {
  const std::optional<double> number = leading_number(text);
  return number ? valid_rate(*number) : std::nullopt;
}

}  // namespace throughline
