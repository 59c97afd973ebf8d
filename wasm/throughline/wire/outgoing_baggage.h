// The baggage header of a request that a server makes, where the application set one already.
//
// Spec: server.md section 4.3. Pages join theirs by another rule (baggage.h, append_baggage).
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// Members of others stay as they are: order, spelling, properties. Those of `existing` that are
// ours by name make room for `ours`. What would exceed kMaxBaggageBytes or kMaxBaggageMembers goes
// without ours. `existing`: several header lines are joined by commas.
[[nodiscard]] String merge_outgoing_baggage(Text existing, Text ours);

}  // namespace throughline
