// The per-request path of propagation. Integers are 32 bits wide, times milliseconds since the
// Unix epoch, texts UTF-8 by address and bytes.
#include "bindings/export.h"
#include "bindings/facades.h"

namespace throughline::bindings {

// A request starts, or (kExplain) is only asked about. URL, then method stand at `text`.
// Out: kAttach, kReason, kPattern, kHeaderNumber, kSpanHandle, kSpanId.
THROUGHLINE_EXPORT int tl_request(int scope, int active_span, int text, int url_bytes,
                                  int method_bytes, int flags, double now) {
  constexpr int kXhr = 1;
  constexpr int kSpanUnwanted = 2;
  constexpr int kExplain = 4;
  constexpr int kSuppressed = 8;
  RequestStart request;
  request.place = place_of(scope, active_span, (flags & kSuppressed) != 0);
  request.url = text_at(text, url_bytes);
  request.method = text_at(text + url_bytes, method_bytes);
  request.xhr = (flags & kXhr) != 0;
  request.span_wanted = (flags & kSpanUnwanted) == 0;
  request.explain = (flags & kExplain) != 0;
  request.now = from_milliseconds(now);
  const RequestAnswer answer = tell_request(core(), request);
  if (answer.asks != kAskNothing) return word(answer.asks);
  cell(kAttach) = answer.attach ? 1 : 0;
  cell(kReason) = static_cast<double>(answer.reason);
  cell(kPattern) = answer.pattern;
  cell(kHeaderNumber) = answer.header_number;
  cell(kSpanHandle) = answer.span;
  put_span_id(answer.span_id);
  return word();
}

// What `new URL` made of a text; the resolved one follows it. No bytes: it cannot be parsed.
THROUGHLINE_EXPORT void tl_answer_url(int text, int url_bytes, int resolved_bytes) {
  core().targets().answer_resolved(text_at(text, url_bytes),
                                   text_at(text + url_bytes, resolved_bytes));
}

// Which pattern of the host matched, -1 for none.
THROUGHLINE_EXPORT void tl_answer_pattern(int text, int url_bytes, int pattern) {
  core().targets().answer_patterns(text_at(text, url_bytes), pattern);
}

}  // namespace throughline::bindings
