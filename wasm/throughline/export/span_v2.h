// The streamed JSON form of a span, version 2.
//
// Spec: envelope.md section 8.
#pragma once

#include "throughline/base/json.h"
#include "throughline/export/envelope.h"
#include "throughline/span/span_record.h"

namespace throughline {

// One span as an item of a payload, with all that is added to it.
//
// `with_types`: its attributes have types; without them it is what hooks of the host are shown.
void write_span_v2(JsonWriter& json, const SpanRecord& span, const EnvelopeFacts& facts,
                   bool with_types = true);

// Roughly how many bytes it takes.
[[nodiscard]] double estimated_bytes(const SpanRecord& span);

}  // namespace throughline
