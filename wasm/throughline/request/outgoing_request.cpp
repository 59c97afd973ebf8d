#include "throughline/request/outgoing_request.h"

#include <algorithm>

#include "throughline/base/text_ops.h"
#include "throughline/url/parts.h"
#include "throughline/url/sanitise.h"

namespace throughline {
namespace {

// Methods of HTTP (RFC 9110, section 9; RFC 5789); others are told by another name.
bool is_known(Text method) {
  for (const Text known :
       {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE"}) {
    if (method == known) return true;
  }
  return false;
}

Text method_of(const OutgoingRequest& request) {
  const bool told = request.by == OutgoingRequest::By::Http || is_known(request.method);
  return told ? request.method : Text{"_OTHER"};
}

// The port of a host, "" where none stands.
Text port_of(Text host) {
  const std::size_t colon = host.rfind(':');
  if (colon == Text::npos || host.ends_with(']')) return {};
  return host.substr(colon + 1);
}

Text without_port(Text host) {
  const Text port = port_of(host);
  return host.substr(0, host.size() - (port.empty() ? 0 : port.size() + 1));
}

String name_before(const OutgoingRequest& request, Text where) {
  const Text method = method_of(request);
  String name{method == "_OTHER" ? Text{"HTTP"} : method};
  name.push_back(' ');
  return name.append(where);
}

double number_of(Text digits) { return leading_number(digits).value_or(-1); }

}  // namespace

String url_of(const OutgoingRequest& request) {
  const UrlParts parts = split_url(request.url);
  const Text port = parts.scheme == "http" ? ":80" : ":443";
  if (!is_web_scheme(parts.scheme) || !parts.host.ends_with(port)) {
    return filter_credentials(request.url);
  }
  const auto end = static_cast<std::size_t>(parts.host.end() - request.url.begin());
  String url{request.url.substr(0, end - port.size())};
  url.append(request.url.substr(end));
  return filter_credentials(url);
}

String outgoing_span_name(const OutgoingRequest& request, Text url) {
  return name_before(request, without_query(url));
}

String streamed_span_name(const OutgoingRequest& request, Text url) {
  return name_before(request, without_port(split_url(url).host));
}

void add_attributes(AttributeBatch& batch, const OutgoingRequest& request, Text url) {
  const bool by_fetch = request.by == OutgoingRequest::By::Fetch;
  const UrlParts parts = split_url(url);
  const Text port = port_of(parts.host);
  const Text name = without_port(parts.host);
  batch.add("sentry.op", "http.client");
  batch.add("sentry.origin", by_fetch ? "auto.http.node_fetch" : "auto.http.client");
  batch.add("http.request.method", method_of(request));
  if (!(method_of(request) == request.method)) {
    batch.add("http.request.method_original", request.method);
  }
  batch.add("url.full", url);
  batch.add("url.path", parts.path);
  batch.add("url.query", parts.query.substr(std::min<std::size_t>(1, parts.query.size())));
  if (!port.empty()) batch.add("url.port", number_of(port));
  if (!parts.scheme.empty()) {
    batch.add("url.scheme", url.substr(0, parts.scheme.size() + 1));
    batch.add("url.domain", name);
  }
  batch.add("server.address", name);
  if (by_fetch) {
    batch.add("server.port", port.empty() ? (parts.scheme == "https" ? 443 : 80) : number_of(port));
  }
  batch.add("user_agent.original", request.user_agent);
}

}  // namespace throughline
