// The hot door of Next.js: spans that it starts by itself, and the tags of its pages. Conventions
// as in server_hot.cpp.
#include "bindings/export.h"
#include "bindings/instance.h"

namespace throughline::bindings {

// Texts: name, type, segment, method, target. Answers what Server::next_span does.
THROUGHLINE_EXPORT int tl_next_span(int scope, int active_span, int address) {
  Texts texts(address);
  NextSpan span;
  for (Text* text : {&span.name, &span.type, &span.segment, &span.method, &span.target}) {
    *text = texts.next();
  }
  return answer(core().next_span(place_of(scope, active_span), span));
}

// Text: the page.
THROUGHLINE_EXPORT int tl_next_route(int span, int address) {
  core().next_route(static_cast<Handle>(span), Texts(address).next());
  return word();
}

// Text: the method.
THROUGHLINE_EXPORT int tl_next_middleware(int span, int address) {
  core().next_middleware(static_cast<Handle>(span), Texts(address).next());
  return word();
}

// `status` -1: nobody told.
THROUGHLINE_EXPORT int tl_end_next(int root, int status, double now) {
  core().end_next(static_cast<Handle>(root), status, from_milliseconds(now));
  return word();
}

// Text: routes, one on a line.
THROUGHLINE_EXPORT int tl_next_prerendered(int address) {
  core().next_prerendered(Texts(address).next());
  return word();
}

// kAttach: 1: a page that is rendered here may carry its trace.
THROUGHLINE_EXPORT int tl_next_tags(int scope, int active_span) {
  cell(kAttach) = core().next_has_tags(place_of(scope, active_span)) ? 1 : 0;
  return word();
}

}  // namespace throughline::bindings
