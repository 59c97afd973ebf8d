#include "throughline/url/parts.h"

#include <cstddef>

namespace throughline {
namespace {

// Cuts `text` before the first `mark` and returns what was cut off, nothing for a lone mark.
std::string_view cut_from(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  std::string_view tail = text;
  tail.remove_prefix(at);
  text.remove_suffix(tail.size());
  return tail.size() > 1 ? tail : std::string_view{};
}

// "https://example.com", or empty if opaque; for URLs with userinfo put together from parts.
struct Origin {
  std::string_view scheme;
  std::string_view host;

  explicit Origin(const UrlParts& url) {
    if (!url.origin.empty()) {
      scheme = url.origin.substr(0, url.origin.find(':'));
      host = url.origin;
      host.remove_prefix(scheme.size() + 3);
    } else if (!url.userinfo.empty()) {
      scheme = url.scheme;
      host = url.host;
    }
  }
};

}  // namespace

UrlParts split_url(std::string_view serialised) {
  UrlParts parts;
  const std::size_t colon = serialised.find(':');
  if (colon == std::string_view::npos) return parts;
  std::string_view rest = serialised;
  parts.scheme = serialised.substr(0, colon);
  rest.remove_prefix(colon + 1);
  parts.fragment = cut_from(rest, '#');
  parts.query = cut_from(rest, '?');
  parts.path = rest;
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    parts.host = rest.substr(0, rest.find('/'));
    parts.path.remove_prefix(2 + parts.host.size());
    const std::size_t at = parts.host.rfind('@');
    if (at != std::string_view::npos) {
      parts.userinfo = parts.host.substr(0, at);
      parts.host.remove_prefix(at + 1);
    } else if (!parts.host.empty() && parts.scheme != "file") {
      parts.origin = serialised.substr(0, colon + 3 + parts.host.size());
    }
  } else if (parts.scheme == "blob" && rest.starts_with("http")) {
    const UrlParts embedded = split_url(rest);
    if (embedded.scheme == "https" || embedded.scheme == "http") parts.origin = embedded.origin;
  }
  return parts;
}

bool same_origin(const UrlParts& a, const UrlParts& b) {
  const Origin first{a};
  const Origin second{b};
  return first.host == second.host && first.scheme == second.scheme;
}

}  // namespace throughline
