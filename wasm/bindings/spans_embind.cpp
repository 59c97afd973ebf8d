// What JavaScript may call of spans, outside the hot door.
#include <emscripten/bind.h>

#include "bindings/instance.h"

namespace throughline::bindings {
namespace {

// Answers the JSON text of a span; empty for one that is not known (any more).
void span_json(int span) { answer(runtime().span_json(static_cast<Handle>(span))); }

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_spans) { emscripten::function("spanJson", &span_json); }

}  // namespace throughline::bindings
