// The DSN: where envelopes go, and what the dynamic sampling context tells about the project.
//
// Spec: envelope.md section 1.
#pragma once

#include <string>
#include <string_view>

#include "throughline/base/result.h"

namespace throughline {

// Views of the text that was parsed.
struct Dsn {
  std::string_view protocol;  // "http" or "https"
  std::string_view public_key;
  std::string_view secret;  // may be empty
  std::string_view host;    // without port, IPv6 with brackets
  std::string_view port;    // digits or empty
  std::string_view path;    // without leading and trailing slash, may be empty
  std::string_view project_id;

  // Digits of a host that starts with `o<digits>.`, else empty.
  std::string_view org_id() const;
  // The public form: no secret.
  std::string text() const;
};

[[nodiscard]] Result<Dsn> parse_dsn(std::string_view text);

// URL that envelopes are posted to. `sdk_name` empty: sentry_client is left out. A tunnel is
// used exactly as given by whoever calls, so it does not appear here.
[[nodiscard]] std::string envelope_endpoint(const Dsn& dsn, std::string_view sdk_name,
                                            std::string_view sdk_version);

// Is `url` (raw text of a request) one of our own deliveries: the DSN's host or a subdomain of
// it with a query parameter `sentry_key`, or the tunnel (one trailing slash ignored on both)?
// `dsn` null and `tunnel` empty: never.
[[nodiscard]] bool is_own_request(std::string_view url, const Dsn* dsn, std::string_view tunnel);

}  // namespace throughline
