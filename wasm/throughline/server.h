// What servers add to the core: incoming requests, outgoing ones by their rules, and the trace
// state of work that goes on after its request was answered.
//
// A facade like runtime.h, on top of it and under the same terms.
//
// Spec: server.md sections 2 to 6.
#pragma once

#include <bitset>
#include <optional>

#include "throughline/request/incoming_request.h"
#include "throughline/request/layer.h"
#include "throughline/request/next_span.h"
#include "throughline/request/outgoing_request.h"
#include "throughline/streaming.h"

namespace throughline {

// Options of the http integration that the core goes by; `configure` leaves them as they are.
struct HttpOptions {
  bool ignore_static_assets = true;
  // Status codes of which no transaction is sent. Below 100 there are none.
  std::bitset<600> dropped;

  HttpOptions();
};

struct IncomingStart {
  IncomingRequest request;
  Handle scope = kNoHandle;  // of `open_request`
  UnixTime now{};
  const HostDecision* decision = nullptr;  // once the host was asked
};

// How a request ended on either side.
struct ResponseEnd {
  int status = -1;  // -1: there was no response
  enum class How : int { Complete, Failed, Aborted } how = How::Complete;
  // When the last of a response of ours was handed over; nothing: it broke off.
  std::optional<UnixTime> finished{};
  // Of a response that came; empty and negative: not known.
  double body_size = -1;
  Text http_version{};
  Text peer_address{};
  int peer_port = -1;
};

class Server : public Streaming {
 public:
  // `platform`: a literal, of events.
  explicit Server(Random& random, const char* platform = "node");

  HttpOptions& http() { return http_; }

  // A scope of its own for a request, in the trace that it continues or in a fresh one. Where too
  // many are open there is none, and the request is counted as lost.
  OpenedScope open_request(const IncomingHeaders& headers);
  // How many of the next requests that no caller traces will be recorded nowhere, with nobody to be
  // asked about them. Such a request is not opened until somebody wants to know of it, which
  // `open_passed` is for. The request behind them is one for `open_request`, which knows so.
  std::uint32_t pass_ahead();
  OpenedScope open_passed();
  // Requests that were not opened at all are over: method and target of each, with a blank between
  // them, on a line of its own. Those that would have had a root are counted as lost.
  void passed(Text requests);
  // Whether start_incoming has to be told all of a request. Otherwise `method` and `target` do: it
  // will have no span, or a root that is not recorded and of which nobody is asked.
  bool wants_all_of(const IncomingStart& start);
  // The span of an incoming request, a root; without handle and id if there is to be none. Where it
  // asks for a decision, `asked_root` tells about what.
  StartedSpan start_incoming(const IncomingStart& start);
  // Name and attributes of the root that was asked about, as JSON.
  const String& asked_root() const { return asked_root_; }
  // The route of the request in whose tree `span` is: names the root, unless somebody else did.
  void route_found(Handle span, Text route);
  // A request enters a layer below the active span of `place`: names the root by the route so far.
  // No handle: the layer is not recorded (`span_wanted`, no active span, an unsampled one).
  StartedSpan enter_layer(const Place& place, const Layer& layer, bool span_wanted, UnixTime now);
  // It handed the request on, or failed.
  void leave_layer(Handle layer, const std::optional<Text>& error, UnixTime now);
  // The response is out, or never will be. `root` may be none. Layers that never handed the request
  // on end with it: when it was `finished`, or as cancelled if it never was.
  void end_incoming(Handle root, const ResponseEnd& end, UnixTime now);

  // A request that this process makes. Asks for resolved URLs never, for patterns only.
  RequestAnswer outgoing(const OutgoingRequest& request, const RequestStart& start);
  void end_outgoing(Handle span, const ResponseEnd& end, UnixTime now);

  // Gives a scope back and returns its state, which is bytes; what `enter_scope` makes of it is in
  // the same trace. `root`: what is its own trace state from now on, if the trace began in this
  // scope.
  String leave_scope(Handle scope, Handle root);
  // None where the state is none, or too many scopes are open.
  Handle enter_scope(Text state);

  // What a span that Next.js starts is called here, as JSON `{"name","attributes"}`; empty: it is
  // none of ours. Spans without an active one are roots if they are a request, else none.
  String next_span(const Place& place, const NextSpan& span);
  // A page was found for the request in whose tree `span` is, or its proxy runs.
  void next_route(Handle span, Text page);
  void next_middleware(Handle span, Text method);
  // The response is out. `status` -1: nobody told; the span says what it said before.
  void end_next(Handle root, int status, UnixTime now);
  // Routes, one on a line, whose pages visitors share: they carry no trace.
  void next_prerendered(Text routes);
  // Whether the page that is rendered there may carry its trace: it is known and nobody shares it.
  bool next_has_tags(const Place& place);

  // Where an envelope with that DSN is to be posted, if the host is that of our own; else empty.
  String tunnel_endpoint(Text dsn) const;

 private:
  // Whether a root still has a name of ours: who named it by hand has the last word.
  static bool is_renamable(const SpanRecord& root);
  // The status by the code sent: of what user code said stays all but what an error contradicts.
  static void take_status(SpanRecord& root, int code);
  // Ends a root; one that is `dropped` is counted as lost.
  void end_root(SpanRecord& root, bool dropped, UnixTime now);
  // Whether that request has a span.
  bool is_recorded_here(const IncomingRequest& request) const;
  // The decision about a root in that scope, as far as nobody is asked.
  bool samples(Handle scope);
  void end_layers(Root& root, const ResponseEnd& end, UnixTime now);

  HttpOptions http_;
  // The sample_rand of the request behind those that pass.
  std::optional<double> drawn_;
  String asked_root_;
  String prerendered_;  // with a line feed around each; empty: not known
};

}  // namespace throughline
