#include "throughline/server.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "throughline/base/json.h"
#include "throughline/base/text_ops.h"
#include "throughline/request/http_status.h"
#include "throughline/trace/dynamic_sampling_context.h"
#include "throughline/trace/sampling.h"
#include "throughline/wire/baggage.h"

namespace throughline {
namespace {

// Late work of a request has a text to go on from (leave_scope), not its root.
constexpr HostTraits kServer{100000, 128U << 20U, 64, 0};

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

// What a scope leaves behind. Behind it stands the DSC, as the value of a baggage header, or the
// name of the root of whose facts it is made.
struct ScopeState {
  enum class Dsc : std::uint8_t { None, Text, Facts };

  TraceId trace_id;
  SpanId parent_span_id;
  SpanId propagation_span_id;
  double sample_rand = 0;
  double sample_rate = -1;  // negative: none
  std::uint32_t source = 0;
  std::int8_t sampled = -1;  // negative: not decided
  Dsc dsc = Dsc::None;
  std::uint8_t own_dsc = 0;  // no bool: of such bytes not all are one
  std::uint8_t unused = 0;
};
// Nothing of it is left as the memory was before.
static_assert(sizeof(ScopeState) == 56);

// As Tracer::dsc() has them, for one that is made later. Shared with it, they would make the module
// of pages 40 bytes brotli larger; a test compares the two.
RootFacts facts_of(const Root& root) {
  const AttributeList& attributes = root.span.attributes;
  RootFacts facts;
  if (attributes.text("sentry.source") != "url") facts.name = root.span.name;
  facts.sampled = root.sampled;
  facts.sample_rand = root.sample_rand;
  const AttributeValue* rate = attributes.find("sentry.sample_rate");
  if (rate == nullptr) rate = attributes.find("sentry.previous_trace_sample_rate");
  if (rate != nullptr && rate->type == AttributeType::Number) facts.sample_rate = rate->number;
  return facts;
}

}  // namespace

HttpOptions::HttpOptions() {
  for (std::size_t code = 301; code <= 404; ++code) {
    dropped[code] = code != 304 && code != 400;
  }
}

Server::Server(Random& random, const char* platform) : Streaming(random, server_on(platform)) {}

OpenedScope Server::open_request(const IncomingHeaders& headers) {
  const OpenedScope opened = continue_trace(headers, kServer.scopes);
  if (opened.handle != kNoHandle) {
    PropagationContext& context = scope(opened.handle).propagation;
    context.propagation_span_id = make_span_id(random_);
    if (drawn_ && !headers.has_caller()) context.sample_rand = *std::exchange(drawn_, {});
  } else if (settings_.client.tracing_enabled()) {
    losses().add("queue_overflow", tracer().root_category);
  }
  return opened;
}

bool Server::is_recorded_here(const IncomingRequest& request) const {
  return settings_.client.enabled && settings_.client.tracing_enabled() &&
         is_recorded(request, http_.ignore_static_assets);
}

bool Server::samples(Handle handle) {
  const PropagationContext& context = scope(handle).propagation;
  if (const PreviousTrace* previous = tracer().previous_trace.decides(context)) {
    return decide_sampling(settings_.client, {previous->sampled, previous->sample_rand}).sampled;
  }
  return decide_sampling(settings_.client, {context.sampled, context.sample_rand}).sampled;
}

bool Server::wants_all_of(const IncomingStart& start) {
  return is_recorded_here(start.request) && (tracer().asks_decision() || samples(start.scope));
}

StartedSpan Server::start_incoming(const IncomingStart& start) {
  if (!is_recorded_here(start.request)) return {};
  String name = incoming_span_name(start.request);
  if (streams()) {
    Text rest = name;
    name = String{cut(rest, ' ')};
  }
  String url;
  AttributeBatch batch;
  if (wants_all_of(start)) {
    url = url_of(start.request);
    add_attributes(batch, start.request, url, settings_.client.send_default_pii);
  } else {
    batch.add("sentry.source", "url");
  }
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
  // That is about transactions.
  const bool lost = dropped && root.root->sampled && !streams();
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
  Root& root = *span->root;
  const bool forgotten = !root.sampled && root.children.empty() && !is_heard();
  end_root(*span, code < http_.dropped.size() && http_.dropped[code], now);
  if (!forgotten) return;
  // It was counted, and there is nothing to take.
  erase<Handle>(tracer().due(), handle);
  tracer().store().remove_root(root);
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
      span->name = span->root->arena.copy(streams() ? streamed_span_name(request, url)
                                                    : outgoing_span_name(request, url));
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
  Scope& at = scope(handle);
  if (&at == &global_) return {};
  const PropagationContext& context = at.propagation;
  ScopeState state;
  state.trace_id = context.trace_id;
  state.parent_span_id = context.parent_span_id;
  state.propagation_span_id = context.propagation_span_id;
  state.sample_rand = context.sample_rand;
  state.source = static_cast<std::uint32_t>(at.source);
  if (context.sampled) state.sampled = *context.sampled ? 1 : 0;
  state.own_dsc = context.own_dsc ? 1 : 0;
  String behind;
  const SpanRecord* span = tracer().store().find(root_handle);
  if (span == nullptr) {
    if (context.dsc) {
      state.dsc = ScopeState::Dsc::Text;
      behind = format_dsc(*context.dsc);
    }
  } else {
    const Root& root = *span->root;
    state.propagation_span_id = root.span.id;
    state.sampled = root.sampled ? 1 : 0;
    state.own_dsc = root.own_dsc ? 1 : 0;
    if (root.dsc) {
      state.dsc = ScopeState::Dsc::Text;
      behind = format_dsc(tracer().dsc(root));
    } else {
      const RootFacts facts = facts_of(root);
      state.dsc = ScopeState::Dsc::Facts;
      // That of the root, which decided.
      state.sample_rand = facts.sample_rand;
      state.sample_rate = facts.sample_rate.value_or(-1);
      behind.append(facts.name);
    }
  }
  close_scope(handle);
  String bytes;
  bytes.resize(sizeof(state) + behind.size());
  std::memcpy(bytes.data(), &state, sizeof(state));
  std::copy_n(behind.data(), behind.size(), bytes.data() + sizeof(state));
  return bytes;
}

Handle Server::enter_scope(Text bytes) {
  ScopeState state;
  if (bytes.size() < sizeof(state)) return kNoHandle;
  std::memcpy(&state, bytes.data(), sizeof(state));
  const Text behind = bytes.substr(sizeof(state));
  if (state.trace_id.is_zero()) return kNoHandle;
  const OpenedScope opened = start_new_trace(kServer.scopes);
  if (opened.handle == kNoHandle) return kNoHandle;
  PropagationContext context;
  context.trace_id = state.trace_id;
  context.parent_span_id = state.parent_span_id;
  context.propagation_span_id = state.propagation_span_id;
  if (state.sampled >= 0) context.sampled = state.sampled != 0;
  context.sample_rand = state.sample_rand;
  context.own_dsc = state.own_dsc != 0;
  if (state.dsc == ScopeState::Dsc::Text) {
    Members members;
    parse_baggage(behind, members);
    context.dsc = dsc_of(members).value_or(Dsc{});
  } else if (state.dsc == ScopeState::Dsc::Facts) {
    RootFacts facts;
    facts.name = behind;
    facts.sampled = state.sampled > 0;
    facts.sample_rand = state.sample_rand;
    if (state.sample_rate >= 0) facts.sample_rate = state.sample_rate;
    context.dsc = make_dsc(settings_.client, state.trace_id, &facts);
  }
  scope(opened.handle).change(std::move(context), static_cast<Reason>(state.source));
  return opened.handle;
}

}  // namespace throughline
