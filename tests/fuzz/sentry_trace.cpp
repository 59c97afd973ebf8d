// `sentry-trace`: a header that was understood is written again and then understood alike; blanks
// around it make no difference; no id that is used is zero.
#include "throughline/wire/sentry_trace.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/string.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const HeapText text = Input(data, size).rest();
  const std::optional<RemoteParent> parent = parse_sentry_trace(text);
  String padded(" \t");
  padded.append(text).append("\t ");
  check(parse_sentry_trace(padded) == parent, "blanks around a header do not matter");
  if (!parent) return 0;
  check(!parent->trace_id.is_zero(), "a trace that is continued has an id");
  check(text.size() >= 32, "a trace id has 32 digits");
  const HeapText again(format_sentry_trace(parent->trace_id, parent->span_id, parent->sampled));
  check(again.size() <= 51, "trace id, span id and flag have 51 characters at the most");
  const std::optional<RemoteParent> read = parse_sentry_trace(again);
  // A span id of zeros is what the core itself never writes for a parent.
  check(parent->span_id.is_zero() ? !read : read == parent, "what was read is written alike");
  return 0;
}
