// `traceparent`: what was understood has ids, and written again as version 00 it has the same ids,
// the same decision and the same bit for random ids, in 55 characters.
#include "throughline/wire/traceparent.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/string.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const HeapText text = Input(data, size).rest();
  const std::optional<Traceparent> found = parse_traceparent(text);
  String padded("\t ");
  padded.append(text).append(" \t");
  check(parse_traceparent(padded).has_value() == found.has_value(), "blanks do not matter");
  if (!found) return 0;
  check(found->version != 0xFF, "version ff is none");
  check(!found->trace_id.is_zero() && !found->parent_id.is_zero(), "no id is zero");
  const HeapText again(
      format_traceparent(found->trace_id, found->parent_id, found->sampled(), found->random()));
  check(again.size() == 55, "version 00 has 55 characters");
  const std::optional<Traceparent> read = parse_traceparent(again);
  check(read && read->version == 0 && read->trace_id == found->trace_id &&
            read->parent_id == found->parent_id && read->sampled() == found->sampled() &&
            read->random() == found->random(),
        "what was read is written alike");
  return 0;
}
