// The hot door of servers: requests that come in and that go out. Conventions as in
// propagation_hot.cpp; a text that a call takes has its bytes in a cell, as Texts says.
#include "bindings/export.h"
#include "bindings/spans.h"
#include "throughline/wire/outgoing_baggage.h"

namespace throughline::bindings {
namespace {

ResponseEnd response_end(int status, int how) {
  ResponseEnd end;
  end.status = status;
  end.how = static_cast<ResponseEnd::How>(how);
  return end;
}

Layer layer_in(int address, int type) {
  Texts texts(address);
  Layer layer;
  layer.type = static_cast<LayerType>(type);
  layer.paths = texts.next();
  layer.function = texts.next();
  return layer;
}

}  // namespace

// Texts: sentry-trace, baggage, traceparent, method and target of an incoming request. kScope: a
// scope of its own, 0 if too many are open. `span_wanted`: it may have a span; kWantsAll 1:
// tl_incoming is to be called for it; else it was started, or there is to be none: out as
// tl_span_start. kPassAhead, if nobody traced it: Server::pass_ahead.
THROUGHLINE_EXPORT int tl_open_request(int address, int span_wanted, double now) {
  Texts texts(address);
  IncomingHeaders headers;
  headers.sentry_trace = texts.next();
  headers.baggage = texts.next();
  headers.traceparent = texts.next();
  IncomingStart start;
  start.request.method = texts.next();
  start.request.target = texts.next();
  start.scope = core().open_request(headers).handle;
  start.now = from_milliseconds(now);
  const bool wanted = span_wanted != 0 && start.scope != kNoHandle;
  const bool wants_all = wanted && core().wants_all_of(start);
  cell(kScope) = start.scope;
  cell(kWantsAll) = wants_all ? 1 : 0;
  put_span(wanted && !wants_all ? core().start_incoming(start) : StartedSpan{});
  if (!headers.has_caller()) cell(kPassAhead) = core().pass_ahead();
  return word();
}

// One of those that pass is opened after all. Texts: its method and target. Out: as
// tl_open_request.
THROUGHLINE_EXPORT int tl_open_passed(int address, int span_wanted, double started) {
  Texts texts(address);
  IncomingStart start;
  start.request.method = texts.next();
  start.request.target = texts.next();
  start.scope = core().open_passed().handle;
  start.now = from_milliseconds(started);
  const bool wanted = span_wanted != 0 && start.scope != kNoHandle;
  cell(kScope) = start.scope;
  put_span(wanted ? core().start_incoming(start) : StartedSpan{});
  return word();
}

// Text: as Server::passed takes it.
THROUGHLINE_EXPORT int tl_passed(int address) {
  core().passed(Texts(address).next());
  return word();
}

// The span of that request. Texts in the order of IncomingRequest. Out: as tl_span_start;
// kSpanHandle 0: there is none. With the ask for a decision: name and attributes as the text that
// it answers.
THROUGHLINE_EXPORT int tl_incoming(int scope, int address, int encrypted, int remote_port,
                                   int local_port, int answered, double now) {
  Texts texts(address);
  IncomingStart start;
  IncomingRequest& request = start.request;
  for (Text* text :
       {&request.method, &request.target, &request.http_version, &request.host,
        &request.forwarded_host, &request.forwarded_proto, &request.forwarded_for,
        &request.user_agent, &request.content_length, &request.prefetch, &request.remote_address}) {
    *text = texts.next();
  }
  request.encrypted = encrypted != 0;
  request.remote_port = remote_port;
  request.local_port = local_port;
  start.scope = static_cast<Handle>(scope);
  start.now = from_milliseconds(now);
  const HostDecision decision = host_decision();
  if (answered != 0) start.decision = &decision;
  const StartedSpan started = core().start_incoming(start);
  if (started.asks != kAskNothing) {
    put_decision_input();
    put_answer(core().asked_root());
    return word(started.asks);
  }
  put_span(started);
  return word();
}

// A request enters a layer. Texts: the paths on the way to it, as Layer has them, and the name of
// its function. Out: as tl_span_start; kSpanHandle 0: it is not recorded.
THROUGHLINE_EXPORT int tl_enter_layer(int scope, int active_span, int address, int type,
                                      int span_wanted, double now) {
  const Layer layer = layer_in(address, type);
  put_span(core().enter_layer(place_of(scope, active_span, false), layer, span_wanted != 0,
                              from_milliseconds(now)));
  return word();
}

// Texts as tl_enter_layer. Answers the route that the way to that layer makes.
THROUGHLINE_EXPORT int tl_layer_route(int address, int type) {
  return answer(route_of(layer_in(address, type)));
}

// Text: the route of the request in whose tree `span` is.
THROUGHLINE_EXPORT int tl_route_found(int span, int address) {
  core().route_found(static_cast<Handle>(span), Texts(address).next());
  return word();
}

// Texts as tl_enter_layer. Answers how the span of that layer would be called.
THROUGHLINE_EXPORT int tl_layer_name(int address, int type) {
  const Layer layer = layer_in(address, type);
  return answer(String{layer_name(layer, route_of(layer))});
}

// Text, if `failed`: the message of the error.
THROUGHLINE_EXPORT int tl_leave_layer(int span, int address, int failed, double now) {
  std::optional<Text> error;
  if (failed != 0) error = Texts(address).next();
  core().leave_layer(static_cast<Handle>(span), error, from_milliseconds(now));
  return word();
}

// The request of that scope was answered, or never will be: gives the scope back, then ends the
// span, which may be none. Answers the state of the scope as tl_leave_scope. `status` -1: there was
// no response; `how` as ResponseEnd::How; `finished` NaN: it never was.
THROUGHLINE_EXPORT int tl_end_request(int scope, int span, int status, int how, double finished,
                                      double now) {
  ResponseEnd end = response_end(status, how);
  if (finished > 0) end.finished = from_milliseconds(finished);
  put_answer(core().leave_scope(static_cast<Handle>(scope), static_cast<Handle>(span)));
  core().end_incoming(static_cast<Handle>(span), end, from_milliseconds(now));
  return word();
}

// Gives a scope back. Answers its state, which is bytes, for tl_enter_scope; `root` as
// Server::leave_scope.
THROUGHLINE_EXPORT int tl_leave_scope(int scope, int root) {
  return answer(core().leave_scope(static_cast<Handle>(scope), static_cast<Handle>(root)));
}

// Text: what tl_leave_scope answered. kSpanHandle: a scope like that one, 0 for none.
THROUGHLINE_EXPORT int tl_enter_scope(int address) {
  cell(kSpanHandle) = core().enter_scope(Texts(address).next());
  return word();
}

// A request of this process starts. Texts: URL, method, user agent. Out: as tl_request.
THROUGHLINE_EXPORT int tl_outgoing(int scope, int active_span, int address, int by, int flags,
                                   double now) {
  constexpr int kSpanUnwanted = 2;
  constexpr int kSuppressed = 8;
  Texts texts(address);
  OutgoingRequest request;
  request.by = static_cast<OutgoingRequest::By>(by);
  request.url = texts.next();
  request.method = texts.next();
  request.user_agent = texts.next();
  RequestStart start;
  start.place = place_of(scope, active_span, (flags & kSuppressed) != 0);
  start.url = request.url;
  start.span_wanted = (flags & kSpanUnwanted) == 0;
  start.now = from_milliseconds(now);
  const RequestAnswer answer = core().outgoing(request, start);
  if (answer.asks != kAskNothing) return word(answer.asks);
  cell(kAttach) = answer.attach ? 1 : 0;
  cell(kReason) = static_cast<double>(answer.reason);
  cell(kPattern) = answer.pattern;
  cell(kHeaderNumber) = answer.header_number;
  cell(kSpanHandle) = answer.span;
  put_span_id(answer.span_id);
  return word();
}

// Texts: version of HTTP, address of the peer.
THROUGHLINE_EXPORT int tl_end_outgoing(int span, int address, int status, int how, double body_size,
                                       int peer_port, double now) {
  Texts texts(address);
  ResponseEnd end = response_end(status, how);
  end.http_version = texts.next();
  end.peer_address = texts.next();
  end.body_size = body_size;
  end.peer_port = peer_port;
  core().end_outgoing(static_cast<Handle>(span), end, from_milliseconds(now));
  return word();
}

// Texts: the baggage that the application set, ours. Answers one header.
THROUGHLINE_EXPORT int tl_merge_baggage(int address) {
  Texts texts(address);
  const Text existing = texts.next();
  return answer(merge_outgoing_baggage(existing, texts.next()));
}

// Text: a DSN. Answers the URL for its envelopes, nothing if its host is not the one of ours.
THROUGHLINE_EXPORT int tl_tunnel_endpoint(int address) {
  return answer(core().tunnel_endpoint(Texts(address).next()));
}

// What was lost is to be reported with what is sent next.
THROUGHLINE_EXPORT int tl_want_report() {
  core().want_report();
  return word();
}

// Options of the http integration. `first` to `last`: codes of which no transaction is sent; -1:
// forgets those of before.
THROUGHLINE_EXPORT int tl_ignore_static_assets(int ignored) {
  core().http().ignore_static_assets = ignored != 0;
  return word();
}
THROUGHLINE_EXPORT int tl_drop_status_codes(int first, int last) {
  auto& dropped = core().http().dropped;
  if (first < 0) dropped.reset();
  for (int code = first; code >= 0 && code <= last && code < 600; ++code) {
    dropped[static_cast<std::size_t>(code)] = true;
  }
  return word();
}

}  // namespace throughline::bindings
