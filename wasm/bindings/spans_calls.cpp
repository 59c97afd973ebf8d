// What JavaScript may call of spans, outside the hot door.
#include "bindings/export.h"
#include "bindings/facades.h"
#include "bindings/spans.h"

namespace throughline::bindings {

// Answers the JSON text of a span; empty for one that is not known (any more).
THROUGHLINE_EXPORT int tl_span_json(int span) {
  return answer(core().span_json(static_cast<Handle>(span)));
}

// The DSC as listeners of createDsc left it. Texts: keys and values in turn. Answers its baggage.
THROUGHLINE_EXPORT int tl_answer_dsc(int address, int members) {
  Texts texts(address);
  Dsc& dsc = span_state().dsc;
  dsc = Dsc{};
  for (; members > 0; --members) {
    const Text key = texts.next();
    dsc.set(key, texts.next());
  }
  return answer(format_dsc(dsc));
}

// Which hooks have listeners: 1 beforeSampling, 2 createDsc, 8 those about spans; 4: those of
// createDsc run.
THROUGHLINE_EXPORT int tl_listen(int hooks) {
  tell_listeners(core(), {(hooks & 1) != 0, (hooks & 2) != 0, (hooks & 4) != 0, (hooks & 8) != 0});
  return word();
}

// Out: the next span that listeners are to be told of, as tl_span_start; in kReason 1: it started,
// 2: it ended, 3: it may end by itself from now on, 0: there is none.
THROUGHLINE_EXPORT int tl_heard() {
  const Heard heard = core().hear();
  cell(kReason) = static_cast<double>(heard.kind);
  put_span(heard.span);
  return word();
}

// Answers JSON text: of the trace of a place, where it came from, what was decided and why.
THROUGHLINE_EXPORT int tl_explain_trace(int scope, int active_span) {
  return answer(core().explain_trace(place_of(scope, active_span)));
}

// The name that a route to that URL gets. Text: the URL.
THROUGHLINE_EXPORT int tl_route_name(int address) {
  return answer(String{core().route_span_name(Texts(address).next())});
}

// Answers the JSON text of the trace before the next one, for the session storage.
THROUGHLINE_EXPORT int tl_previous_trace() {
  return answer(core().tracer().previous_trace.take_json());
}

// What previousTrace answered on an earlier page. Texts: trace id, span id.
THROUGHLINE_EXPORT int tl_restore_previous_trace(int address, int sampled, double start,
                                                 double rate, double rand) {
  Texts texts(address);
  const std::optional<TraceId> trace_id = parse_trace_id(texts.next());
  const std::optional<SpanId> span_id = parse_span_id(texts.next());
  if (!trace_id || !span_id) return word();
  core().tracer().previous_trace.restore(
      {*trace_id, *span_id, sampled != 0, from_time_input(start), rate, rand});
  return word();
}

}  // namespace throughline::bindings
