// What JavaScript may call of spans that are streamed. Conventions as in propagation_calls.cpp.
#include <utility>

#include "bindings/export.h"
#include "bindings/facades.h"
#include "bindings/spans.h"
#include "throughline/export/typed_value.h"

namespace throughline::bindings {

int wants(Streaming& streaming) { return wants_of(streaming); }

// With the ask for a decision: the name of the segment as the text that it answers. Repeated with
// kDecided.
RequestAnswer tell_request(Streaming& streaming, const RequestStart& request) {
  const HostDecision decision = host_decision();
  const bool decided = std::exchange(cell(kDecided), 0) != 0;
  const RequestAnswer answer = streaming.request(request, decided ? &decision : nullptr);
  if ((answer.asks & kAskDecision) != 0) {
    put_decision_input();
    put_answer(streaming.asked_name());
  }
  return answer;
}

String read_option(Streaming& streaming, OptionReader& reader, OptionGroup group, Text key,
                   const OptionValue& value) {
  if (group != OptionGroup::Client || !(key == "traceLifecycle")) {
    return reader.read(group, key, value);
  }
  if (value.kind == OptionValue::Kind::Absent) return {};
  const bool is_static = value.text == "static";
  if (is_static || value.text == "stream") {
    streaming.set_lifecycle(is_static ? Streaming::Lifecycle::Static
                                      : Streaming::Lifecycle::Stream);
    return {};
  }
  String finding{"options.traceLifecycle: expected static or stream, got "};
  return finding.append(value.text).append("; as if it were not set");
}

// After options were applied. Flags: 1 spanStreamingIntegration is there, 2 the host is shown each
// span, 4 it measures requests, 8 beforeSendSpan takes spans of transactions. kReason: as Streams.
THROUGHLINE_EXPORT int tl_stream(int flags) {
  cell(kReason) = static_cast<double>(
      core().follow({(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0}));
  return word();
}

// At `text` what Streaming::answer_span takes.
THROUGHLINE_EXPORT int tl_answer_span(int text, int bytes) {
  core().answer_span(text_at(text, bytes));
  return word();
}

// Text: the value of an attribute as JSON. Answers it with its type; empty: it has none.
THROUGHLINE_EXPORT int tl_typed_value(int address) {
  return answer(typed_value({AttributeType::Json, Texts(address).next(), 0}));
}

THROUGHLINE_EXPORT int tl_flush_spans() {
  core().flush_spans();
  return word();
}

}  // namespace throughline::bindings
