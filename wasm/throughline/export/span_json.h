// The static JSON form of a span.
//
// Spec: spans.md section 3.
#pragma once

#include "throughline/base/json.h"
#include "throughline/span/span_record.h"

namespace throughline {

// One span of a transaction, or what `spanToJSON` gives.
void write_span(JsonWriter& json, const SpanRecord& span);

// The `contexts.trace` of a transaction (spans.md section 1, `spanToTraceContext`).
void write_trace_context(JsonWriter& json, const SpanRecord& span);

// The member `measurements`, if there are any.
void write_measurements(JsonWriter& json, const SpanRecord& span);

// A DSC as an object of texts.
void write_dsc(JsonWriter& json, const Dsc& dsc);

}  // namespace throughline
