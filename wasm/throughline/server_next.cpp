// Spans that Next.js starts (server.md section 8).
#include "throughline/base/json.h"
#include "throughline/base/text_ops.h"
#include "throughline/request/incoming_request.h"
#include "throughline/request/next_span.h"
#include "throughline/server.h"

namespace throughline {
namespace {

constexpr char kRoute[] = "http.route";
constexpr char kMethod[] = "http.method";
// What Next.js says of a request that its middleware saw: the answer goes up from there.
constexpr char kBubble[] = "next.bubble";

String name_by_target(Text method, Text target) {
  IncomingRequest request;
  request.method = method;
  request.target = target;
  return incoming_span_name(request);
}

}  // namespace

String Server::next_span(const Place& place, const NextSpan& span) {
  const SpanRecord* above = tracer().active(scope(place.scope), place.active_span);
  const bool is_root = kind_of(span) == NextSpanKind::Request && above == nullptr;
  String shape;
  if (is_root ? is_next_internal(span.target) : above == nullptr) return shape;
  const Text route = is_root ? Text{} : above->root->span.attributes.text(kRoute);
  JsonWriter json(shape);
  json.open_object()
      .member("name",
              is_root ? name_by_target(span.method, span.target) : next_span_name(span, route))
      .object("attributes")
      .member("sentry.origin", "auto");
  if (const Text op = next_span_op(span); !op.empty()) json.member("sentry.op", op);
  if (is_root) json.member("sentry.source", "url");
  json.close_object().close_object();
  return shape;
}

void Server::next_route(Handle span, Text page) {
  SpanRecord* below = tracer().store().find(span);
  if (below == nullptr) return;
  SpanRecord& root = below->root->span;
  const Text route = next_route_of(page);
  if (root.ended || route.empty() || !root.attributes.text(kRoute).empty()) return;
  tracer().set_text(root, kRoute, route);
  // What stands for an error is not where the request went, and a pass of the proxy has its name.
  if (route == "/_error" || Text{root.name}.substr(0, 11) == "middleware ") return;
  route_found(span, route);
}

void Server::next_middleware(Handle span, Text method) {
  SpanRecord* below = tracer().store().find(span);
  if (below == nullptr || below->root->span.ended) return;
  SpanRecord& root = below->root->span;
  if (!is_renamable(root)) return;
  String name{"middleware "};
  tracer().set_name(root, name.append(method));
  tracer().set_text(root, "sentry.source", "route");
}

void Server::end_next(Handle handle, int status, UnixTime now) {
  SpanRecord* span = tracer().store().find(handle);
  if (span == nullptr || span->ended) return;
  if (status >= 0) take_status(*span, status);
  // In the edge runtime the middleware has no span here that would tell.
  if (span->attributes.find(kBubble) != nullptr) {
    next_middleware(handle, span->attributes.text(kMethod));
  }
  end_root(*span, is_not_found_route(span->attributes.text(kRoute)), now);
}

void Server::next_prerendered(Text routes) {
  prerendered_ = String("\n");
  prerendered_.append(routes).append("\n");
}

bool Server::next_has_tags(const Place& place) {
  const SpanRecord* active = tracer().active(scope(place.scope), place.active_span);
  if (active == nullptr || prerendered_.empty()) return false;
  const Text route = active->root->span.attributes.text(kRoute);
  if (route.empty()) return false;
  String line{"\n"};
  line.append(route).append("\n");
  return Text{prerendered_}.find(Text{line}) == Text::npos;
}

}  // namespace throughline
