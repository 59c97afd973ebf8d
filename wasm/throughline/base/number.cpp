// The numbers of base/text.h. By hand, because the C library's strtod and printf weigh several
// kilobytes and from_chars on doubles does not exist on our oldest toolchain.
#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

bool next_is_digit(Text text) { return !text.empty() && is_digit(text.front()); }

bool skip(Text& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Is the optional sign a minus?
bool skip_sign(Text& text) {
  const bool minus = skip(text, '-');
  if (!minus) skip(text, '+');
  return minus;
}

}  // namespace

// Exact for up to 15 digits and powers of ten up to 22 (both are exact as doubles, and one
// division or multiplication rounds correctly); the last bit may differ beyond.
std::optional<double> leading_number(Text text, Text* number) {
  text = trim(text);
  Text rest = text;
  const bool negative = skip_sign(rest);
  constexpr std::uint64_t kRoomForOneMore = 1000000000000000000;
  std::uint64_t digits = 0;
  int exponent = 0;
  bool any = false;
  for (bool fraction = false;; any = true) {
    if (!fraction && skip(rest, '.')) fraction = true;
    if (!next_is_digit(rest)) break;
    // Digits that no longer fit only count for the size.
    if (digits < kRoomForOneMore) {
      digits = digits * 10 + static_cast<unsigned>(rest.front() - '0');
      if (fraction) --exponent;
    } else if (!fraction) {
      ++exponent;
    }
    rest.remove_prefix(1);
  }
  if (!any) return std::nullopt;

  Text power = rest;
  if (skip(power, 'e') || skip(power, 'E')) {
    const bool down = skip_sign(power);
    if (next_is_digit(power)) {
      int value = 0;
      for (; next_is_digit(power); power.remove_prefix(1)) {
        // More is zero or infinite anyway.
        if (value < 100000) value = value * 10 + (power.front() - '0');
      }
      exponent += down ? -value : value;
      rest = power;
    }
  }
  if (number != nullptr) *number = text.substr(0, text.size() - rest.size());

  double value = static_cast<double>(digits);
  int left = exponent < 0 ? -exponent : exponent;
  // In steps: the power itself may be beyond what a double holds where the number is not.
  while (left > 0 && value > 0 && value <= 1e308) {
    double scale = 1;
    for (int step = left < 300 ? left : 300; step > 0; --step, --left) scale *= 10;
    value = exponent < 0 ? value / scale : value * scale;
  }
  return negative ? -value : value;
}

// n / scale is a double that may lie on either side of the true quotient, so multiplying it
// again and cutting off can give n - 1. Dividing the rounded product again cannot.
std::uint64_t whole_part(double value, double scale) {
  const double product = value * scale;
  if (!(product > 0)) return 0;
  if (product > 1e18) return 1000000000000000000;
  const std::uint64_t rounded = static_cast<std::uint64_t>(product + 0.5);
  return static_cast<double>(rounded) / scale > value ? rounded - 1 : rounded;
}

String decimal_text(double value, int decimals) {
  double scale = 1;
  std::uint64_t digits = whole_part(value, scale);
  int places = 0;
  // Beyond 2^53 a double has no more digits to tell.
  while (places < decimals && value * scale < 9e15 && static_cast<double>(digits) / scale < value) {
    ++places;
    scale *= 10;
    digits = whole_part(value, scale);
  }
  while (places > 0 && digits % 10 == 0) {
    digits /= 10;
    --places;
  }
  std::uint64_t unit = 1;
  for (int i = 0; i < places; ++i) unit *= 10;
  String text;
  append_unsigned(text, digits / unit);
  if (places > 0) text.push_back('.');
  for (unit /= 10; unit > 0; unit /= 10) {
    text.push_back(static_cast<char>('0' + digits / unit % 10));
  }
  return text;
}

}  // namespace throughline
