// From the status code of an HTTP response to the status of its span.
//
// Spec: spans.md section 5.
#pragma once

#include "throughline/base/text.h"
#include "throughline/span/span_record.h"

namespace throughline {

// "ok" for 100 to 399, else the name of the error; codes that HTTP does not have, 0 among them,
// are "internal_error".
[[nodiscard]] Text http_status_message(int code);

// The same as a status; `message` is a literal, empty for ok.
[[nodiscard]] SpanStatus span_status_of_http(int code);

}  // namespace throughline
