#include "throughline/request/incoming_request.h"

#include "throughline/base/text_ops.h"
#include "throughline/url/sanitise.h"

namespace throughline {
namespace {

// The entry that the first of several proxies wrote.
Text first_entry(Text list) { return trim_blanks(cut(list, ',')); }

Text scheme_of(const IncomingRequest& request) {
  const Text forwarded = first_entry(request.forwarded_proto);
  if (!forwarded.empty()) return forwarded;
  return request.encrypted ? "https" : "http";
}

Text host_of(const IncomingRequest& request) {
  const Text forwarded = first_entry(request.forwarded_host);
  if (!forwarded.empty()) return forwarded;
  return request.host.empty() ? Text{"localhost"} : request.host;
}

// Without port and user info; an IPv6 address keeps its brackets.
Text name_of(Text host) {
  if (const std::size_t at = host.rfind('@'); at != Text::npos) host.remove_prefix(at + 1);
  const std::size_t colon = host.rfind(':');
  if (colon == Text::npos || host.ends_with(']')) return host;
  return host.substr(0, colon);
}

bool is_static_asset(Text path) {
  // Most paths of a service.
  if (path.find('.') == Text::npos) return false;
  for (const Text suffix : {".ico", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".css", ".js", ".woff",
                            ".woff2", ".ttf", ".eot", ".webp", ".avif"}) {
    if (path.ends_with(suffix)) return true;
  }
  for (const Text file : {"/robots.txt", "/sitemap.xml", "/manifest.json", "/browserconfig.xml"}) {
    if (path == file) return true;
  }
  return false;
}

// The target as it stands in a URL behind the host: of an absolute one, what is behind its own.
Text behind_origin(Text target) {
  if (target.starts_with('/')) return target;
  const std::size_t scheme_end = target.find("://");
  if (scheme_end == Text::npos || scheme_end > target.find_first_of("/?#")) return target;
  const Text rest = target.substr(scheme_end + 3);
  const std::size_t path = rest.find_first_of("/?#");
  return path == Text::npos ? Text{"/"} : rest.substr(path);
}

Text without_fragment(Text text) { return text.substr(0, text.find('#')); }

// Digits only, else nothing.
double length_of(Text text) {
  text = trim_blanks(text);
  double number = text.empty() ? -1 : 0;
  for (const char c : text) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number < 1e15 ? number : -1;
}

}  // namespace

bool is_recorded(const IncomingRequest& request, bool ignore_static_assets) {
  if (request.method == "OPTIONS" || request.method == "HEAD") return false;
  return !ignore_static_assets || !(request.method == "GET") ||
         !is_static_asset(path_of(request.target));
}

Text path_of(Text target) {
  const Text path = without_query(behind_origin(target));
  return path.empty() ? Text{"/"} : path;
}

String incoming_span_name(const IncomingRequest& request) {
  String name{request.method};
  name.push_back(' ');
  name.append(path_of(request.target));
  return name;
}

String url_of(const IncomingRequest& request) {
  const Text target = without_fragment(request.target);
  if (!target.starts_with('/') && !(behind_origin(target) == target)) {
    return filter_credentials(target);
  }
  String url{scheme_of(request)};
  url.append("://").append(host_of(request));
  url.append(target.starts_with('/') ? target : Text{"/"});
  return filter_credentials(url);
}

void add_attributes(AttributeBatch& batch, const IncomingRequest& request, Text url,
                    bool with_client) {
  const Text target = without_fragment(behind_origin(request.target));
  batch.add("sentry.op", "http.server");
  batch.add("sentry.origin", "auto.http.server");
  batch.add("sentry.source", "url");
  batch.add("http.request.method", request.method);
  batch.add("url.full", url);
  batch.add("url.path", path_of(request.target));
  if (const std::size_t query = target.find('?'); query != Text::npos) {
    batch.add("url.query", target.substr(query + 1));
  }
  batch.add("url.scheme", scheme_of(request));
  batch.add("server.address", name_of(host_of(request)));
  batch.add("server.port", request.local_port);
  batch.add("network.protocol.name", "http");
  batch.add("network.protocol.version", request.http_version);
  batch.add("network.transport", "tcp");
  batch.add("user_agent.original", request.user_agent);
  batch.add("http.request.body.size", length_of(request.content_length));
  if (request.prefetch == "1") batch.add_true("sentry.http.prefetch");
  if (!with_client) return;
  const Text client = first_entry(request.forwarded_for);
  batch.add("client.address", client.empty() ? request.remote_address : client);
  if (client.empty()) batch.add("client.port", request.remote_port);
}

}  // namespace throughline
