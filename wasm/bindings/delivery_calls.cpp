// Where payloads go.
#include "bindings/export.h"
#include "bindings/instance.h"

namespace throughline::bindings {

// Answers the URL to post envelopes to; empty: nothing can be sent.
THROUGHLINE_EXPORT int tl_endpoint() { return answer(core().endpoint()); }

}  // namespace throughline::bindings
