#include "throughline/config/dsn.h"

#include "throughline/base/text.h"

namespace throughline {
namespace {

bool skip(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

std::string_view take_digits(std::string_view& rest) {
  std::size_t size = 0;
  while (size < rest.size() && is_digit(rest[size])) ++size;
  const std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

// Letters, digits, underscores and the characters of `also`.
std::string_view take_word(std::string_view& rest, std::string_view also) {
  std::size_t size = 0;
  for (; size < rest.size(); ++size) {
    const char c = rest[size];
    if (!is_digit(c) && !is_lower(c) && !is_upper(c) && c != '_' && also.find(c) == also.npos) {
      break;
    }
  }
  const std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(size);
  return taken;
}

// IPv6 keeps its brackets. Empty when there is no host.
std::string_view take_host(std::string_view& rest) {
  std::string_view after = rest;
  if (!skip(after, "[")) return take_word(rest, ".-");
  if (take_word(after, ":.%").empty() || !skip(after, "]")) return {};
  const std::string_view host = rest.substr(0, rest.size() - after.size());
  rest = after;
  return host;
}

Error invalid(const char* part) { return {ErrorCode::InvalidDsn, part}; }

// `key` empty: the address itself.
std::string address(const Dsn& dsn, std::string_view key) {
  std::string text{dsn.protocol};
  text.append("://").append(key);
  if (!key.empty()) text.push_back('@');
  text.append(dsn.host);
  if (!dsn.port.empty()) text.append(":").append(dsn.port);
  text.push_back('/');
  if (!dsn.path.empty()) text.append(dsn.path).append("/");
  return text;
}

std::string_view without_slash(std::string_view url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// The host name of an absolute http(s) URL without its query; empty if there is none.
std::string_view host_of(std::string_view url) {
  std::string_view rest = url;
  const std::string_view scheme = cut(rest, ':');
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https")) return {};
  if (!skip(rest, "//")) return {};
  std::string_view authority = cut(rest, '/');
  std::string_view host = cut(authority, '\\');
  const std::size_t user = host.rfind('@');
  if (user != host.npos) host.remove_prefix(user + 1);
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return cut(host, ':');
}

bool has_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view parameter = cut(query, '&');
    if (cut(parameter, '=') == name) return true;
  }
  return false;
}

}  // namespace

std::string_view Dsn::org_id() const {
  std::string_view rest = host;
  if (!skip(rest, "o")) return {};
  const std::string_view digits = take_digits(rest);
  return rest.starts_with('.') ? digits : std::string_view{};
}

std::string Dsn::text() const { return address(*this, public_key).append(project_id); }

Result<Dsn> parse_dsn(std::string_view text) {
  Dsn dsn;
  std::string_view rest = text;
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
std::string envelope_endpoint(const Dsn& dsn, std::string_view sdk_name,
                              std::string_view sdk_version) {
  std::string url = address(dsn, {});
  url.append("api/").append(dsn.project_id).append("/envelope/?sentry_version=7&sentry_key=");
  url.append(dsn.public_key);
  if (sdk_name.empty()) return url;
  url.append("&sentry_client=");
  append_uri_component(url, sdk_name);
  url.append("%2F");
  append_uri_component(url, sdk_version);
  return url;
}

bool is_own_request(std::string_view url, const Dsn* dsn, std::string_view tunnel) {
  if (!tunnel.empty() && without_slash(url) == without_slash(tunnel)) return true;
  if (dsn == nullptr) return false;
  std::string_view query = cut(url, '#');
  std::string_view host = host_of(cut(query, '?'));
  const std::string_view own = dsn->host;
  if (host.size() > own.size() && host[host.size() - own.size() - 1] == '.') {
    host.remove_prefix(host.size() - own.size());
  }
  return equals_ignoring_case(host, own) && has_parameter(query, "sentry_key");
}

}  // namespace throughline
