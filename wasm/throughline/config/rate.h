// Sample rates as users give them.
//
// Spec: propagation.md sections 7.1 and 7.2.
#pragma once

#include <optional>

#include "throughline/base/text.h"

namespace throughline {

// A rate is somebody's number: as exact as a double is.
inline constexpr int kRateDecimals = 17;

// A number in [0, 1], else nothing.
[[nodiscard]] std::optional<double> valid_rate(double value);
// Leading float of a text, then the range check: "0.5abc" is 0.5.
[[nodiscard]] std::optional<double> valid_rate(Text text);

}  // namespace throughline
