// The parts of a URL that the host has serialised. Not a URL parser: for texts that come from
// `new URL(...).href` or are in normal form only.
#pragma once

#include <string_view>

namespace throughline {

struct UrlParts {
  std::string_view scheme;    // "https", without the colon
  std::string_view userinfo;  // "user:password", empty if none
  std::string_view host;      // with a non-default port: "example.com:8080"; empty for data:, blob:
  std::string_view path;      // "/a/b"; for opaque paths all up to query and fragment
  std::string_view query;     // with "?", empty if none or nothing else
  std::string_view fragment;  // with "#", empty if none or nothing else
  std::string_view origin;    // "https://example.com:8080" where there is no userinfo; see below

  bool is_opaque() const { return origin.empty() && userinfo.empty(); }
};

// http or https: URLs that a path in normal form can be resolved against.
[[nodiscard]] bool is_web_scheme(std::string_view scheme);

// `origin` is the leading text of the URL up to the path for http(s) and other URLs with a host
// and no userinfo; that of the embedded URL for `blob:`; empty (opaque) for everything else,
// and for URLs with userinfo (their host has to be compared by itself).
[[nodiscard]] UrlParts split_url(std::string_view serialised);

// True when both have the same scheme and host, or when both are opaque (propagation.md 11).
[[nodiscard]] bool same_origin(const UrlParts& a, const UrlParts& b);

}  // namespace throughline
