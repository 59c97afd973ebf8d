// http.client spans: from the facts of a request to name and attributes.
//
// Spec: spans.md section 6.
#pragma once

#include "throughline/base/json.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/span/span_record.h"

namespace throughline {

// "GET /api/users": of the facts, unless somebody renamed the span.
[[nodiscard]] String span_name(const SpanRecord& span);

// All attributes as members of the object that is open in `json`: those of the request's facts,
// then those that were set, which win over facts of the same key.
void write_attributes(JsonWriter& json, const SpanRecord& span);

// The same one by one.
using VisitAttribute = void (*)(void* context, Text key, const AttributeValue& value);
void visit_attributes(const SpanRecord& span, VisitAttribute visit, void* context);

// Whether the span has an attribute of that key.
[[nodiscard]] bool has_attribute(const SpanRecord& span, Text key);

// Whether an attribute of that key contains the text of the pattern, or equals it if it is none.
[[nodiscard]] bool has_attribute_like(const SpanRecord& span, Text key,
                                      const AttributeValue& pattern);

// The text of an attribute that payloads lift out of the attributes (`sentry.op`,
// `sentry.origin`), empty if there is none.
[[nodiscard]] Text attribute_text(const SpanRecord& span, Text key);

}  // namespace throughline
