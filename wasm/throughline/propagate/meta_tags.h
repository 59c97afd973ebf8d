// The `<meta>` tags by which a page continues a trace.
//
// Spec: propagation.md section 10; server.md section 7.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// One tag per text that is not empty, in this order, a line feed between them; values escaped
// for HTML.
[[nodiscard]] String meta_tags(Text sentry_trace, Text baggage, Text traceparent);

}  // namespace throughline
