// Where payloads go.
#include <algorithm>

#include "bindings/export.h"
#include "bindings/instance.h"

namespace throughline::bindings {

// A payload is about to leave, in that many bytes. Answers the URL to post it to; empty: nothing
// can be sent. kKeepalive.
THROUGHLINE_EXPORT int tl_endpoint(int id, int bytes) {
  const bool keepalive =
      core().weigh(static_cast<std::uint32_t>(id), static_cast<std::size_t>(bytes));
  cell(kKeepalive) = keepalive ? 1 : 0;
  return answer(core().endpoint());
}

// A transport of the application's own dropped something. Texts: reason, category.
THROUGHLINE_EXPORT int tl_lost(int address, int quantity) {
  Texts texts(address);
  const Text reason = texts.next();
  core().losses().add_named(reason, texts.next(),
                            static_cast<std::uint32_t>(std::max(quantity, 0)));
  return word();
}

// Answers the lines of Runtime::open_event; empty: nothing can be sent.
THROUGHLINE_EXPORT int tl_event(double now) {
  String lines;
  core().open_event(lines, from_milliseconds(now));
  return answer(std::move(lines));
}

}  // namespace throughline::bindings
