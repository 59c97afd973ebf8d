#include "throughline/server.h"

#include <utility>

#include "throughline/base/json.h"
#include "throughline/base/text_ops.h"
#include "throughline/request/http_status.h"
#include "throughline/wire/baggage.h"

namespace throughline {
namespace {

constexpr HostTraits kServer{100000, 128U << 20U, 64};

HostTraits server_on(const char* platform) {
  HostTraits traits = kServer;
  traits.platform = platform;
  return traits;
}

void write_asked_root(String& out, Text name, const AttributeBatch& batch) {
  JsonWriter json(out);
  json.open_object().member("name", name).object("attributes");
  for (const AttributeInput& attribute : batch.all()) {
    json.key(attribute.key);
    write_attribute_value(json, attribute.value);
  }
  json.close_object().close_object();
}

void set_all(SpanRecord& span, const AttributeBatch& batch) {
  TextArena& arena = span.root->arena;
  for (const AttributeInput& given : batch.all())
    span.attributes.set(arena, given.key, given.value);
}

// A state text consists of lines.
Text next_line(Text& rest) { return cut(rest, '\n'); }

}  // namespace

HttpOptions::HttpOptions() {
  for (std::size_t code = 301; code <= 404; ++code) {
    dropped[code] = code != 304 && code != 400;
  }
}

Server::Server(Random& random, const char* platform) : Runtime(random, server_on(platform)) {}

OpenedScope Server::open_request(const IncomingHeaders& headers) {
  const OpenedScope opened = continue_trace(headers, kServer.scopes);
  if (opened.handle != kNoHandle) {
    scope(opened.handle).propagation.propagation_span_id = make_span_id(random_);
  } else if (settings_.client.tracing_enabled()) {
    losses().add("queue_overflow", "transaction");
  }
  return opened;
}

StartedSpan Server::start_incoming(const IncomingStart& start) {
  if (!settings_.client.tracing_enabled() ||
      !is_recorded(start.request, http_.ignore_static_assets)) {
    return {};
  }
  const String name = incoming_span_name(start.request);
  const String url = url_of(start.request);
  AttributeBatch batch;
  add_attributes(batch, start.request, url, settings_.client.send_default_pii);
  SpanStart span;
  span.name = name;
  span.attributes = batch.all();
  span.no_parent = true;
  span.decision = start.decision;
  const StartedSpan started = start_span({start.scope}, span, start.now);
  asked_root_ = String();
  if (started.asks != kAskNothing) write_asked_root(asked_root_, name, batch);
  if (SpanRecord* record = tracer().store().find(started.handle)) {
    record->root->request_url = record->root->arena.copy(url);
  }
  return started;
}

bool Server::is_renamable(const SpanRecord& root) {
  const Text source = root.attributes.text("sentry.source");
  return source == "url" || source == "route";
}

void Server::take_status(SpanRecord& root, int code) {
  const SpanStatus by_code = span_status_of_http(code);
  if (root.status.code == StatusCode::Unset || by_code.code == StatusCode::Error) {
    root.status = by_code;
  }
}

void Server::end_root(SpanRecord& root, bool dropped, UnixTime now) {
  const bool lost = dropped && root.root->sampled;
  tracer().end(root, now);
  if (lost) {
    // It is gone by the time that it is due.
    losses().add("event_processor", "transaction");
    root.root->sampled = false;
  }
  after_event(now);
}

void Server::route_found(Handle span, Text route) {
  SpanRecord* below = tracer().store().find(span);
  if (below == nullptr) return;
  SpanRecord& root = below->root->span;
  if (root.ended) return;
  if (is_renamable(root)) {
    Text rest = root.name;
    String name{cut(rest, ' ')};
    name.append(" ").append(route);
    tracer().set_name(root, name);
    tracer().set_attribute(root, "sentry.source", AttributeValue::of("route"));
  }
  tracer().set_attribute(root, "http.route", AttributeValue::of(route));
}

StartedSpan Server::enter_layer(const Place& place, const Layer& layer, bool span_wanted,
                                UnixTime now) {
  StartedSpan started;
  SpanRecord* above = tracer().active(scope(place.scope), place.active_span);
  if (above == nullptr) return started;
  const String route = route_of(layer);
  if (!route.empty()) route_found(above->handle, route);
  SpanRecord* span = span_wanted ? tracer().start_child(*above, now, started) : nullptr;
  if (span != nullptr) {
    span->name = span->root->arena.copy(layer_name(layer, route));
    AttributeBatch batch;
    add_attributes(batch, layer, route);
    set_all(*span, batch);
  }
  after_event(now);
  return started;
}

void Server::leave_layer(Handle handle, const std::optional<Text>& error, UnixTime now) {
  SpanRecord* span = tracer().store().find(handle);
  if (span == nullptr || span->ended) return;
  if (span->status.code == StatusCode::Unset) span->status = {StatusCode::Ok, {}};
  if (error) tracer().set_status(*span, StatusCode::Error, *error);
  tracer().end(*span, now);
  after_event(now);
}

void Server::end_layers(Root& root, const ResponseEnd& end, UnixTime now) {
  // The end of one may take another out of the list.
  List<Handle> open;
  for (const SpanRecord* child : root.children) {
    if (!child->ended && !child->attributes.text("express.type").empty()) {
      open.push_back(child->handle);
    }
  }
  for (std::size_t i = open.size(); i-- > 0;) {
    const std::optional<Text> error =
        end.finished ? std::nullopt : std::optional<Text>{"cancelled"};
    leave_layer(open[i], error, end.finished.value_or(now));
  }
}

void Server::end_incoming(Handle handle, const ResponseEnd& end, UnixTime now) {
  SpanRecord* span = tracer().store().find(handle);
  if (span == nullptr || span->ended) return;
  tracer().set_attribute(*span, "http.response.status_code",
                         AttributeValue::of(static_cast<double>(end.status)));
  take_status(*span, end.status);
  if (end.how == ResponseEnd::How::Failed && end.status < 400) {
    span->status = {StatusCode::Error, {}};
  }
  end_layers(*span->root, end, now);
  const auto code = static_cast<std::size_t>(end.status);
  end_root(*span, code < http_.dropped.size() && http_.dropped[code], now);
}

RequestAnswer Server::outgoing(const OutgoingRequest& request, const RequestStart& start) {
  RequestAnswer answer;
  const ClientOptions& options = settings_.client;
  const bool suppressed = start.place.suppressed;
  if (!options.enabled || suppressed) {
    answer.reason = Reason::Disabled;
    return answer;
  }
  answer.attach = true;
  answer.reason = Reason::TargetMatched;
  if (options.trace_propagation_targets) {
    const TargetDecision decision = targets_.decide(start.url);
    answer.asks = decision.asks;
    if (answer.asks != kAskNothing) return answer;
    answer.attach = decision.attach;
    answer.reason = decision.reason;
    answer.pattern = decision.pattern;
  }
  Scope& at = scope(start.place.scope);
  SpanRecord* active = tracer().active(at, start.place.active_span);
  if (active != nullptr && start.span_wanted) {
    SpanRecord& parent = options.parent_span_is_always_root_span ? active->root->span : *active;
    StartedSpan started;
    SpanRecord* span = tracer().start_child(parent, start.now, started);
    answer.span_id = started.id;
    if (span != nullptr) {
      answer.span = span->handle;
      const String url = url_of(request);
      span->name = span->root->arena.copy(outgoing_span_name(request, url));
      AttributeBatch batch;
      add_attributes(batch, request, url);
      set_all(*span, batch);
    }
  } else if (active != nullptr) {
    answer.span_id = active->id;
  } else {
    answer.span_id = span_id_of(at);
    if (options.tracing_enabled() && start.span_wanted) losses().add("no_parent_span", "span");
  }
  std::uint32_t& number = active != nullptr ? active->root->header_number : at.header_number;
  answer.header_number =
      tracer().listeners.create_dsc ? fresh_header_number() : header_number(number);
  after_event(start.now);
  return answer;
}

void Server::end_outgoing(Handle handle, const ResponseEnd& end, UnixTime now) {
  SpanRecord* span = tracer().store().find(handle);
  if (span == nullptr || span->ended) return;
  if (end.status >= 0) {
    AttributeBatch batch;
    batch.add("http.response.status_code", static_cast<double>(end.status));
    batch.add("http.response.body.size", end.body_size);
    batch.add("network.protocol.version", end.http_version);
    if (!end.peer_address.empty()) batch.add("network.transport", "tcp");
    batch.add("network.peer.address", end.peer_address);
    batch.add("network.peer.port", end.peer_port);
    set_all(*span, batch);
    span->status = span_status_of_http(end.status);
  }
  if (end.how == ResponseEnd::How::Failed) span->status = {StatusCode::Error, {}};
  if (end.how == ResponseEnd::How::Aborted) span->status = {StatusCode::Error, "cancelled"};
  tracer().end(*span, now);
  after_event(now);
}

String Server::tunnel_endpoint(Text dsn) const {
  const std::optional<Dsn>& own = settings_.client.dsn;
  const Result<Dsn> given = parse_dsn(dsn);
  if (!own || !given) return {};
  const bool same = given->protocol == own->protocol && given->port == own->port &&
                    given->path == own->path && equals_ignoring_case(given->host, own->host);
  return same ? envelope_endpoint(*given, {}, {}) : String();
}

String Server::leave_scope(Handle handle, Handle root_handle) {
  String state;
  Scope& at = scope(handle);
  if (&at == &global_) return state;
  PropagationContext& context = at.propagation;
  if (const SpanRecord* span = tracer().store().find(root_handle)) {
    const Root& root = *span->root;
    context.sampled = root.sampled;
    context.dsc = tracer().dsc(root);
    context.own_dsc = root.own_dsc;
    context.propagation_span_id = root.span.id;
  }
  const auto line = [&state](Text text) { state.append(text).append("\n"); };
  line(to_hex(context.trace_id));
  line(context.parent_span_id.is_zero() ? String() : to_hex(context.parent_span_id));
  line(context.propagation_span_id.is_zero() ? String() : to_hex(context.propagation_span_id));
  line(!context.sampled ? "" : *context.sampled ? "1" : "0");
  line(decimal_text(context.sample_rand));
  line(!context.dsc ? "" : context.own_dsc ? "own" : "frozen");
  line(decimal_text(static_cast<double>(at.source)));
  state.append(context.dsc ? format_dsc(*context.dsc) : String());
  close_scope(handle);
  return state;
}

Handle Server::enter_scope(Text state) {
  const std::optional<TraceId> trace_id = parse_trace_id(next_line(state));
  if (!trace_id) return kNoHandle;
  const OpenedScope opened = start_new_trace(kServer.scopes);
  if (opened.handle == kNoHandle) return kNoHandle;
  PropagationContext context;
  context.trace_id = *trace_id;
  context.parent_span_id = parse_span_id(next_line(state)).value_or(SpanId{});
  context.propagation_span_id = parse_span_id(next_line(state)).value_or(SpanId{});
  if (const Text sampled = next_line(state); !sampled.empty()) context.sampled = sampled == "1";
  context.sample_rand = leading_number(next_line(state)).value_or(0);
  const Text kind = next_line(state);
  const auto source =
      static_cast<Reason>(static_cast<int>(leading_number(next_line(state)).value_or(0)));
  if (!kind.empty()) {
    Members members;
    parse_baggage(state, members);
    context.dsc = dsc_of(members).value_or(Dsc{});
    context.own_dsc = kind == "own";
  }
  scope(opened.handle).change(std::move(context), source);
  return opened.handle;
}

}  // namespace throughline
