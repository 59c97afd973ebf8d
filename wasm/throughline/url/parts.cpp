#include "throughline/url/parts.h"

#include <cstddef>

namespace throughline {
namespace {

// The first `c`, or the end.
const char* find(const char* at, const char* end, char c) {
  while (at != end && *at != c) ++at;
  return at;
}

Text between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// Of a query or fragment, whose delimiter alone does not count.
Text unless_empty(const char* begin, const char* end) {
  return end - begin > 1 ? between(begin, end) : Text{};
}

}  // namespace

bool is_web_scheme(Text scheme) { return scheme == "https" || scheme == "http"; }

UrlParts split_url(Text serialised) {
  UrlParts parts;
  const char* begin = serialised.data();
  const char* end = begin + serialised.size();
  const char* colon = find(begin, end, ':');
  if (colon == end) return parts;
  const char* fragment = find(colon, end, '#');
  const char* query = find(colon, fragment, '?');
  const char* path = colon + 1;
  parts.scheme = between(begin, colon);
  parts.query = unless_empty(query, fragment);
  parts.fragment = unless_empty(fragment, end);
  if (query - path > 1 && path[0] == '/' && path[1] == '/') {
    const char* host = path + 2;
    path = find(host, query, '/');
    const char* name = path;
    while (name != host && name[-1] != '@') --name;
    if (name != host) {
      parts.userinfo = between(host, name - 1);
      host = name;
    } else if (host != path && parts.scheme != "file") {
      parts.origin = between(begin, path);
    }
    parts.host = between(host, path);
  } else if (parts.scheme == "blob" && between(path, query).starts_with("http")) {
    const UrlParts embedded = split_url(between(path, query));
    if (is_web_scheme(embedded.scheme)) parts.origin = embedded.origin;
  }
  parts.path = between(path, query);
  return parts;
}

bool same_origin(const UrlParts& a, const UrlParts& b) {
  if (a.is_opaque() || b.is_opaque()) return a.is_opaque() == b.is_opaque();
  // The origin of a blob: is that of another URL.
  if (a.host.empty()) return same_origin(split_url(a.origin), b);
  if (b.host.empty()) return same_origin(a, split_url(b.origin));
  return a.host == b.host && a.scheme == b.scheme;
}

}  // namespace throughline
