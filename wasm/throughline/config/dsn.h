// The DSN: where envelopes go, and what the dynamic sampling context tells about the project.
//
// Spec: envelope.md section 1.
#pragma once

#include "throughline/base/result.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// Views of the text that was parsed.
struct Dsn {
  Text protocol;  // "http" or "https"
  Text public_key;
  Text secret;  // may be empty
  Text host;    // without port, IPv6 with brackets
  Text port;    // digits or empty
  Text path;    // without leading and trailing slash, may be empty
  Text project_id;

  // Digits of a host that starts with `o<digits>.`, else empty.
  Text org_id() const;
  // The public form: no secret.
  String text() const;
};

[[nodiscard]] Result<Dsn> parse_dsn(Text text);

// URL that envelopes are posted to. `sdk_name` empty: sentry_client is left out. A tunnel is
// used exactly as given by whoever calls, so it does not appear here.
[[nodiscard]] String envelope_endpoint(const Dsn& dsn, Text sdk_name, Text sdk_version);

// Is `url` (raw text of a request) one of our own deliveries: the DSN's host or a subdomain of
// it with a query parameter `sentry_key`, or the tunnel (one trailing slash ignored on both)?
// `dsn` null and `tunnel` empty: never.
[[nodiscard]] bool is_own_request(Text url, const Dsn* dsn, Text tunnel);

}  // namespace throughline
