// The `baggage` header of a request that a server makes.
//
// Spec: server.md section 4.3.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// One header text of what the application set and of ours. `existing`: may be several header
// lines, joined by a comma. Foreign members stay as they are, in their order, without the white
// space around them; those that a reader takes for `sentry-` members are left out, ours follow.
// Beyond kMaxBaggageBytes or kMaxBaggageMembers ours is left out. Empty text: no header.
[[nodiscard]] String merge_outgoing_baggage(Text existing, Text ours);

}  // namespace throughline
