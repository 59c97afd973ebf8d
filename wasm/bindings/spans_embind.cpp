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

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_spans) {
  emscripten::function("spanJson", &span_json);
  emscripten::function("explainTrace", &explain_trace);
  emscripten::function("answerDsc", &answer_dsc);
  emscripten::function("listen", &listen);
}

}  // namespace throughline::bindings
