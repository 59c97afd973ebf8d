// What JavaScript may call where pages are made.
#include "bindings/export.h"
#include "bindings/instance.h"
#include "throughline/propagate/meta_tags.h"

namespace throughline::bindings {

// Texts: sentry-trace, baggage, traceparent; empty: not there. Answers their tags.
THROUGHLINE_EXPORT int tl_meta_tags(int address) {
  Texts texts(address);
  const Text sentry_trace = texts.next();
  const Text baggage = texts.next();
  return answer(meta_tags(sentry_trace, baggage, texts.next()));
}

}  // namespace throughline::bindings
