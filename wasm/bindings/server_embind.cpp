// What JavaScript may call where pages are made.
#include <emscripten/bind.h>

#include "bindings/instance.h"
#include "throughline/propagate/meta_tags.h"

namespace throughline::bindings {
namespace {

// Texts: sentry-trace, baggage, traceparent; empty: not there. Answers their tags.
void tags_of(int address) {
  Texts texts(address);
  const Text sentry_trace = texts.next();
  const Text baggage = texts.next();
  answer(meta_tags(sentry_trace, baggage, texts.next()));
}

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_server) { emscripten::function("metaTags", &tags_of); }

}  // namespace throughline::bindings
