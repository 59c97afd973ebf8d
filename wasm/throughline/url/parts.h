// The parts of a URL that the host has serialised. Not a URL parser: for texts that come from
// `new URL(...).href` or are in normal form only.
#pragma once

#include "throughline/base/text.h"

namespace throughline {

struct UrlParts {
  Text scheme;    // "https", without the colon
  Text userinfo;  // "user:password", empty if none
  Text host;      // with a non-default port: "example.com:8080"; empty for data:, blob:
  Text path;      // "/a/b"; for opaque paths all up to query and fragment
  Text query;     // with "?", empty if none or nothing else
  Text fragment;  // with "#", empty if none or nothing else
  Text origin;    // "https://example.com:8080" where there is no userinfo; see below

  bool is_opaque() const { return origin.empty() && userinfo.empty(); }
};

// http or https: URLs that a path in normal form can be resolved against.
[[nodiscard]] bool is_web_scheme(Text scheme);

// `origin` is the leading text of the URL up to the path for http(s) and other URLs with a host
// and no userinfo; that of the embedded URL for `blob:`; empty (opaque) for everything else,
// and for URLs with userinfo (their host has to be compared by itself).
[[nodiscard]] UrlParts split_url(Text serialised);

// True when both have the same scheme and host, or when both are opaque (propagation.md 11).
[[nodiscard]] bool same_origin(const UrlParts& a, const UrlParts& b);

}  // namespace throughline
