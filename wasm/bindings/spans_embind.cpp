// What JavaScript may call of spans, outside the hot door.
#include <emscripten/bind.h>

#include "bindings/spans.h"

namespace throughline::bindings {
namespace {

// Answers the JSON text of a span; empty for one that is not known (any more).
void span_json(int span) { answer(core().span_json(static_cast<Handle>(span))); }

// The DSC as listeners of createDsc left it. Texts: keys and values in turn. Answers its baggage.
void answer_dsc(int address, int members) {
  Texts texts(address);
  Dsc& dsc = span_state().dsc;
  dsc = Dsc{};
  for (; members > 0; --members) {
    const Text key = texts.next();
    dsc.set(key, texts.next());
  }
  answer(format_dsc(dsc));
}

// Which hooks have listeners: 1 beforeSampling, 2 createDsc; 4: those of createDsc run.
void listen(int hooks) {
  core().tracer().listeners = {(hooks & 1) != 0, (hooks & 2) != 0, (hooks & 4) != 0};
}

// Answers JSON text: of the trace of a place, where it came from, what was decided and why.
void explain_trace(int scope, int active_span) {
  answer(core().explain_trace(place_of(scope, active_span)));
}

// The name that a route to that URL gets. Text: the URL.
void route_name_of(int address) { answer(String{core().route_span_name(Texts(address).next())}); }

// Answers the JSON text of the trace before the next one, for the session storage.
void previous_trace() { answer(core().tracer().previous_trace.take_json()); }

// What previousTrace answered on an earlier page. Texts: trace id, span id.
void restore_previous_trace(int address, int sampled, double start, double rate, double rand) {
  Texts texts(address);
  const std::optional<TraceId> trace_id = parse_trace_id(texts.next());
  const std::optional<SpanId> span_id = parse_span_id(texts.next());
  if (!trace_id || !span_id) return;
  core().tracer().previous_trace.restore(
      {*trace_id, *span_id, sampled != 0, from_time_input(start), rate, rand});
}

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_spans) {
  emscripten::function("spanJson", &span_json);
  emscripten::function("explainTrace", &explain_trace);
  emscripten::function("answerDsc", &answer_dsc);
  emscripten::function("routeName", &route_name_of);
  emscripten::function("previousTrace", &previous_trace);
  emscripten::function("restorePreviousTrace", &restore_previous_trace);
  emscripten::function("listen", &listen);
}

}  // namespace throughline::bindings
