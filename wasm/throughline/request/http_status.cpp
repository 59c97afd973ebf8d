#include "throughline/request/http_status.h"

namespace throughline {

Text http_status_message(int code) {
  if (code >= 100 && code < 400) return "ok";
  switch (code) {
    case 401:
      return "unauthenticated";
    case 403:
      return "permission_denied";
    case 404:
      return "not_found";
    case 409:
      return "already_exists";
    case 413:
      return "failed_precondition";
    case 429:
      return "resource_exhausted";
    case 499:
      return "cancelled";
    case 501:
      return "unimplemented";
    case 503:
      return "unavailable";
    case 504:
      return "deadline_exceeded";
    default:
      return code >= 400 && code < 500 ? "invalid_argument" : "internal_error";
  }
}

SpanStatus span_status_of_http(int code) {
  const Text message = http_status_message(code);
  if (message == "ok") return {StatusCode::Ok, {}};
  return {StatusCode::Error, message};
}

}  // namespace throughline
