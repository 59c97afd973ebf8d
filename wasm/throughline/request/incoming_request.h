// http.server spans: what a server's request says of itself, as name and attributes.
//
// Spec: server.md section 3.3; OpenTelemetry semantic conventions for HTTP, "HTTP server".
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/request/attribute_batch.h"

namespace throughline {

// Empty texts and negative numbers: not known. Headers as they came, of several the first.
struct IncomingRequest {
  Text method;
  Text target;  // of the request line
  bool encrypted = false;
  Text http_version;  // "1.1"
  Text host;
  Text forwarded_host;
  Text forwarded_proto;
  Text forwarded_for;
  Text user_agent;
  Text content_length;
  Text prefetch;  // next-router-prefetch
  Text remote_address;
  int remote_port = -1;
  int local_port = -1;
};

// Whether such requests have spans at all.
[[nodiscard]] bool is_recorded(const IncomingRequest& request, bool ignore_static_assets);

// The path of a request line's target: without query and fragment, and without the origin that
// proxies are sent.
[[nodiscard]] Text path_of(Text target);

// "GET /users/7", the name as long as the route is not known.
[[nodiscard]] String incoming_span_name(const IncomingRequest& request);

// The whole URL, without credentials.
[[nodiscard]] String url_of(const IncomingRequest& request);

// `url` as url_of() has it. `with_client`: who asked may be told.
void add_attributes(AttributeBatch& batch, const IncomingRequest& request, Text url,
                    bool with_client);

}  // namespace throughline
