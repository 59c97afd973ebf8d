// Where payloads go.
#include <emscripten/bind.h>

#include "bindings/instance.h"

namespace throughline::bindings {
namespace {

// Answers the URL to post envelopes to; empty: nothing can be sent.
void endpoint() { answer(core().endpoint()); }

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_delivery) { emscripten::function("endpoint", &endpoint); }

}  // namespace throughline::bindings
