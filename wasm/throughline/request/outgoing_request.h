// http.client spans of a server, as name and attributes. Those of a page: request_span.h.
//
// Spec: server.md sections 4.2 and 5.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/request/attribute_batch.h"

namespace throughline {

// Empty texts: not known.
struct OutgoingRequest {
  enum class By : int { Http, Fetch };
  By by = By::Http;
  Text method;  // as the application wrote it
  Text url;     // absolute
  Text user_agent;
};

// Without a default port and without credentials.
[[nodiscard]] String url_of(const OutgoingRequest& request);

// "GET https://shop.test/orders". `url` as url_of() has it.
[[nodiscard]] String outgoing_span_name(const OutgoingRequest& request, Text url);

// The same of one that is streamed: "GET api.example.com".
[[nodiscard]] String streamed_span_name(const OutgoingRequest& request, Text url);

void add_attributes(AttributeBatch& batch, const OutgoingRequest& request, Text url);

}  // namespace throughline
