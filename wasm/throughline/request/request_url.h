// What an http.client span says about the URL of its request.
//
// Spans keep the text as written and the resolved one; names and attributes are made from these
// when somebody reads them. Everything that comes out has no credentials in it.
//
// Spec: spans.md section 6.1.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/url/parts.h"

namespace throughline {

struct RequestUrl {
  Text url;       // as the application wrote it
  Text resolved;  // by the host; empty if it could not be parsed
  bool xhr = false;

  // Second half of the span's name. fetch: the pathname of a relative URL, an absolute one
  // without query and default ports; XHR: the text as written without query.
  [[nodiscard]] String name_target() const;
  // `url`
  [[nodiscard]] String raw() const;

  // The others are empty where there is nothing to say, as for a URL that cannot be parsed.

  // `http.url` and `url.full`
  [[nodiscard]] String full() const;
  // Views of `resolved`: `host` is `server.address`, `query` and `fragment` are `http.query` and
  // `http.fragment`.
  [[nodiscard]] UrlParts parts() const;
};

// A POST by XMLHttpRequest that looks like the delivery of a Sentry SDK: it gets neither a span
// nor headers. Spec: propagation.md section 13.
[[nodiscard]] bool is_delivery_xhr(Text method, Text url);

}  // namespace throughline
