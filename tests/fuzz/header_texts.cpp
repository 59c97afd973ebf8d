// Header texts in parts, as they are handed to the host: with any span id between prefix and suffix
// they are headers that read as what went in.
#include "throughline/propagate/header_texts.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

template <typename IdType>
IdType some_id(Input& input) {
  IdType id;
  for (std::uint8_t& each : id.bytes) each = input.byte();
  return id;
}

HeapText joined(Text prefix, const SpanId& span_id, Text suffix) {
  String text{prefix};
  append_hex(text, span_id);
  text.append(suffix);
  return HeapText{Text{text}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const TraceId trace_id = some_id<TraceId>(input);
  const SpanId span_id = some_id<SpanId>(input);
  const unsigned decision = input.below(3);
  const std::optional<bool> sampled = decision == 2 ? std::nullopt : std::optional(decision == 1);
  const bool with_traceparent = input.flag();
  Members members;
  parse_baggage(input.rest(), members);
  const Dsc dsc = dsc_of(members).value_or(Dsc{});
  const HeaderTexts texts = header_texts(trace_id, sampled, dsc, with_traceparent);
  check(texts.traceparent.empty() != with_traceparent, "traceparent only where it is wanted");
  check(texts.baggage.size() <= kMaxBaggageBytes, "baggage has 8192 bytes at the most");
  check(!dsc.empty() || texts.baggage.empty(), "no context, no header");

  const HeapText sentry_trace =
      joined(texts.sentry_trace_prefix(), span_id, texts.sentry_trace_suffix());
  const std::optional<RemoteParent> parent = parse_sentry_trace(sentry_trace);
  const bool usable = !trace_id.is_zero() && !span_id.is_zero();
  check(parent.has_value() == usable, "sentry-trace reads as one");
  if (parent) {
    check(parent->trace_id == trace_id && parent->span_id == span_id && parent->sampled == sampled,
          "sentry-trace reads as what went in");
  }
  if (!with_traceparent) return 0;
  const HeapText traceparent =
      joined(texts.traceparent_prefix(), span_id, texts.traceparent_suffix());
  const std::optional<Traceparent> read = parse_traceparent(traceparent);
  check(read.has_value() == usable, "traceparent reads as one");
  if (read) {
    check(read->trace_id == trace_id && read->parent_id == span_id &&
              read->sampled() == sampled.value_or(false),
          "traceparent reads as what went in");
  }
  return 0;
}
