// Numbers in texts: what was read is the beginning of the text and reads alike by itself; rates are
// within 0 and 1; written with six decimals nothing is rounded up and little is lost.
#include "throughline/config/rate.h"

#include <cmath>

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/text_ops.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

void check_written(double value) {
  const HeapText text(decimal_text(value));
  Text number;
  const std::optional<double> read = leading_number(text, &number);
  check(read && number.size() == text.size(), "what is written is a number");
  check(*read <= value && value - *read < 1e-6, "it is cut off after the sixth decimal");
  check(Text{decimal_text(*read)} == Text{text}, "cut off it stays the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const double number = input.number();
  const HeapText text = input.rest();
  const HeapText whole(Text{reinterpret_cast<const char*>(data), size});
  for (const Text given : {Text{text}, Text{whole}}) {
    Text part;
    const std::optional<double> value = leading_number(given, &part);
    const std::optional<double> rate = valid_rate(given);
    check(!rate || (value && *rate == *value && *rate >= 0 && *rate <= 1), "a rate is a number");
    if (!value) continue;
    check(!part.empty() && lies_in(part, given), "the number is a part of the text");
    check(!std::isnan(*value), "a number is a number");
    const HeapText alone(part);
    check(leading_number(alone) == value, "by itself it reads alike");
    if (rate) check_written(*rate);
  }
  const std::optional<double> rate = valid_rate(number);
  check(rate ? *rate >= 0 && *rate <= 1 : !(number >= 0 && number <= 1), "rates are of 0 to 1");
  if (rate) check_written(*rate);
  // Whatever the value: a whole number that is not above it.
  const std::uint64_t steps = whole_part(number, 1e6);
  check(!(number >= 0 && number <= 1) || static_cast<double>(steps) / 1e6 <= number,
        "the whole part is not above the value");
  return 0;
}
