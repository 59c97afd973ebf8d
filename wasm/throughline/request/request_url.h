// What an http.client span says about the URL of its request.
//
// Spans keep the text as written and the resolved one; names and attributes are made from these
// when somebody reads them. Everything that comes out has no credentials in it.
//
// Spec: spans.md section 6.1.
#pragma once

#include <string>
#include <string_view>

namespace throughline {

struct RequestUrl {
  std::string_view url;       // as the application wrote it
  std::string_view resolved;  // by the host; empty if it could not be parsed
  bool xhr = false;

  // Second half of the span's name. fetch: the pathname of a relative URL, an absolute one
  // without query and default ports; XHR: the text as written without query.
  [[nodiscard]] std::string name_target() const;
  // `url`
  [[nodiscard]] std::string raw() const;

  // The others are empty where there is nothing to say, as for a URL that cannot be parsed.

  // `http.url` and `url.full`
  [[nodiscard]] std::string full() const;
  // `server.address`; a view of `resolved`, as the next two
  [[nodiscard]] std::string_view server_address() const;
  // `http.query`
  [[nodiscard]] std::string_view query() const;
  // `http.fragment`
  [[nodiscard]] std::string_view fragment() const;
};

// A POST by XMLHttpRequest that looks like the delivery of a Sentry SDK: it gets neither a span
// nor headers. Spec: propagation.md section 13.
[[nodiscard]] bool is_delivery_xhr(std::string_view method, std::string_view url);

}  // namespace throughline
