#include "throughline/config/dsn.h"

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

bool skip(Text& rest, Text expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

Text take_digits(Text& rest) {
  std::size_t size = 0;
  while (size < rest.size() && is_digit(rest[size])) ++size;
  const Text taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

// Letters, digits, underscores and the characters of `also`.
Text take_word(Text& rest, Text also) {
  std::size_t size = 0;
  for (; size < rest.size(); ++size) {
    const char c = rest[size];
    if (!is_digit(c) && !is_lower(c) && !is_upper(c) && c != '_' && also.find(c) == also.npos) {
      break;
    }
  }
  const Text taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

// IPv6 keeps its brackets. Empty when there is no host.
Text take_host(Text& rest) {
  Text after = rest;
  if (!skip(after, "[")) return take_word(rest, ".-");
  if (take_word(after, ":.%").empty() || !skip(after, "]")) return {};
  const Text host = rest.substr(0, rest.size() - after.size());
  rest = after;
  return host;
}

Error invalid(const char* part) { return {ErrorCode::InvalidDsn, part}; }

// `key` empty: the address itself.
String address(const Dsn& dsn, Text key) {
  String text{dsn.protocol};
  text.append("://").append(key);
  if (!key.empty()) text.push_back('@');
  text.append(dsn.host);
  if (!dsn.port.empty()) text.append(":").append(dsn.port);
  text.push_back('/');
  if (!dsn.path.empty()) text.append(dsn.path).append("/");
  return text;
}

Text without_slash(Text url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// The host name of an absolute http(s) URL without its query; empty if there is none.
Text host_of(Text url) {
  Text rest = url;
  const Text scheme = cut(rest, ':');
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https")) return {};
  if (!skip(rest, "//")) return {};
  Text authority = cut(rest, '/');
  Text host = cut(authority, '\\');
  const std::size_t user = host.rfind('@');
  if (user != host.npos) host.remove_prefix(user + 1);
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return cut(host, ':');
}

bool has_parameter(Text query, Text name) {
  while (!query.empty()) {
    Text parameter = cut(query, '&');
    if (cut(parameter, '=') == name) return true;
  }
  return false;
}

}  // namespace

Text Dsn::org_id() const {
  Text rest = host;
  if (!skip(rest, "o")) return {};
  const Text digits = take_digits(rest);
  return rest.starts_with('.') ? digits : Text{};
}

String Dsn::text() const { return address(*this, public_key).append(project_id); }

Result<Dsn> parse_dsn(Text text) {
  Dsn dsn;
  Text rest = text;
  dsn.protocol = cut(rest, ':');
  if ((dsn.protocol != "http" && dsn.protocol != "https") || !skip(rest, "//")) {
    return invalid("protocol");
  }
  dsn.public_key = take_word(rest, {});
  if (skip(rest, ":")) dsn.secret = take_word(rest, {});
  if (dsn.public_key.empty() || !skip(rest, "@")) return invalid("public key");

  dsn.host = take_host(rest);
  if (dsn.host.empty()) return invalid("host");
  if (skip(rest, ":")) {
    dsn.port = take_digits(rest);
    if (dsn.port.empty()) return invalid("port");
  }
  if (!skip(rest, "/")) return invalid("host");

  // Neither query nor fragment counts, nor what follows the digits of the last segment.
  rest = cut(rest, '?');
  rest = cut(rest, '#');
  const std::size_t last_slash = rest.rfind('/');
  if (last_slash != rest.npos) {
    dsn.path = rest.substr(0, last_slash);
    rest.remove_prefix(last_slash + 1);
  }
  dsn.project_id = take_digits(rest);
  if (dsn.project_id.empty()) return invalid("project id");
  return dsn;
}

// The values would be form-encoded, which for letters, digits and `.-_/` is the same.
String envelope_endpoint(const Dsn& dsn, Text sdk_name, Text sdk_version) {
  String url = address(dsn, {});
  url.append("api/").append(dsn.project_id).append("/envelope/?sentry_version=7&sentry_key=");
  url.append(dsn.public_key);
  if (sdk_name.empty()) return url;
  url.append("&sentry_client=");
  append_uri_component(url, sdk_name);
  url.append("%2F");
  append_uri_component(url, sdk_version);
  return url;
}

bool is_own_request(Text url, const Dsn* dsn, Text tunnel) {
  if (!tunnel.empty() && without_slash(url) == without_slash(tunnel)) return true;
  if (dsn == nullptr) return false;
  Text query = cut(url, '#');
  Text host = host_of(cut(query, '?'));
  const Text own = dsn->host;
  if (host.size() > own.size() && host[host.size() - own.size() - 1] == '.') {
    host.remove_prefix(host.size() - own.size());
  }
  return equals_ignoring_case(host, own) && has_parameter(query, "sentry_key");
}

}  // namespace throughline
