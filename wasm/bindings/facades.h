// Calls that several facades have and to which spans, or their being streamed, make a difference.
// The type of `core()` chooses; what is declared for `Runtime` is defined in spans.cpp, for
// `Streaming` in streaming.cpp, which other link targets go without.
#pragma once

#include "bindings/instance.h"

namespace throughline::bindings {

// What spans add to the word of a call.
inline int wants(Propagation&) { return 0; }
int wants(Runtime& runtime);
int wants(Streaming& streaming);

inline void tell_page(Propagation& propagation, const PageLocation& location, const PageFacts&) {
  propagation.set_page(location);
}
inline void tell_page(Runtime& runtime, const PageLocation& location, const PageFacts& facts) {
  runtime.set_page(location, facts);
}

struct RouteEvent {
  Texts texts;       // name, op, source and origin of a route span come next
  double start = 0;  // a time input
  int how = 0;       // a page load: 1 if the document is ready; else as Navigation::Kind
  int answered = 0;  // 1: repeated with a decision; 2: the host is to be asked about the route
  double now = 0;
};
// Leave kReason and, with spans, kSpanHandle; or kAsks and what there is to decide by.
inline void tell_page_load(Propagation& propagation, const PageTexts& page, const RouteEvent&) {
  cell(kReason) = static_cast<double>(propagation.page_load(page));
}
void tell_page_load(Runtime& runtime, const PageTexts& page, const RouteEvent& event);
inline void tell_route_change(Propagation& propagation, Text to, const RouteEvent&) {
  cell(kReason) = static_cast<double>(propagation.route_change(to));
}
void tell_route_change(Runtime& runtime, Text to, const RouteEvent& event);

// The DSC as JSON where listeners of createDsc have a say in the baggage.
inline void append_dsc_to_shape(String&, Propagation&, Place) {}
void append_dsc_to_shape(String& text, Runtime& runtime, Place place);

inline void tell_close(Propagation& propagation, double) { propagation.close(); }
inline void tell_close(Runtime& runtime, double now) { runtime.close(from_milliseconds(now)); }
inline void tell_close(Streaming& streaming, double now) {
  streaming.close(from_milliseconds(now));
}

inline void tell_listeners(Runtime& runtime, const Listeners& listeners) {
  runtime.tracer().listeners = listeners;
}
inline void tell_listeners(Streaming& streaming, const Listeners& listeners) {
  streaming.listen(listeners);
}

inline RequestAnswer tell_request(Propagation& propagation, const RequestStart& request) {
  return propagation.request(request);
}
inline RequestAnswer tell_request(Runtime& runtime, const RequestStart& request) {
  return runtime.request(request);
}
RequestAnswer tell_request(Streaming& streaming, const RequestStart& request);

inline String read_option(Propagation&, OptionReader& reader, OptionGroup group, Text key,
                          const OptionValue& value) {
  return reader.read(group, key, value);
}
String read_option(Streaming& streaming, OptionReader& reader, OptionGroup group, Text key,
                   const OptionValue& value);

}  // namespace throughline::bindings
