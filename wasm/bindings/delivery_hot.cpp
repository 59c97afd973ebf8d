// Payloads on their way out.
#include "bindings/export.h"
#include "bindings/spans.h"

namespace throughline::bindings {

// Out: kPayloadAddress, kPayloadBytes, kPayloadId (0: nothing), kRootHandle. To be copied out
// before the next call. Where listeners of createDsc have a say, it asks: the text is
// the DSC as JSON and the id the handle of its root; repeated (`answered` 1) it takes the one of
// answerDsc. Where the host has patterns of ignoreSpans, it asks about spans, which are then an
// array; the answer is tl_mark_ignored, and `answered` 2 more.
THROUGHLINE_EXPORT int tl_take(double now, int answered) {
  const Payload payload =
      core().take(from_milliseconds(now), (answered & 1) != 0 ? &span_state().dsc : nullptr,
                  (answered & 2) != 0);
  cell(kPayloadAddress) =
      static_cast<double>(reinterpret_cast<std::uintptr_t>(payload.text.data()));
  cell(kPayloadBytes) = static_cast<double>(payload.text.size());
  cell(kPayloadId) = payload.id;
  cell(kRootHandle) = payload.root;
  return word(payload.asks);
}

// At `text` as in Runtime::mark_ignored.
THROUGHLINE_EXPORT int tl_mark_ignored(int root, int text, int bytes) {
  core().mark_ignored(static_cast<Handle>(root), text_at(text, bytes));
  return word();
}

// `status` of the response, 0 when there was none, or what else Outbox::settled knows. `spans`: as
// many were taken out of the payload by a hook.
THROUGHLINE_EXPORT int tl_settled(int id, int status, int spans) {
  core().settled(static_cast<std::uint32_t>(id), status, static_cast<std::uint32_t>(spans));
  return word();
}

}  // namespace throughline::bindings
