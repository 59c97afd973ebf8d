#include "throughline-cpp/client.h"

#include "native/engine.h"
#include "throughline/request/incoming_request.h"

namespace throughline::v0 {

using detail::Attributes;
using detail::Engine;
using detail::LiveTrace;

namespace {

IncomingRequest core_request(const RequestInfo& given) {
  IncomingRequest request;
  request.method = given.method;
  request.target = given.target;
  request.encrypted = given.encrypted;
  request.http_version = given.http_version;
  request.host = given.host;
  request.forwarded_host = given.forwarded_host;
  request.forwarded_proto = given.forwarded_proto;
  request.forwarded_for = given.forwarded_for;
  request.user_agent = given.user_agent;
  request.content_length = given.content_length;
  request.remote_address = given.remote_address;
  request.remote_port = given.remote_port;
  request.local_port = given.local_port;
  return request;
}

}  // namespace

Request::Request() noexcept = default;
Request::Request(Request&& other) noexcept = default;

Request& Request::operator=(Request&& other) noexcept {
  if (this == &other) return *this;
  finish(500);
  span_ = std::move(other.span_);
  return *this;
}

Request::~Request() { finish(500); }

void Request::set_route(std::string_view route) {
  const std::shared_ptr<LiveTrace>& trace = span_.trace_;
  if (trace == nullptr) return;
  trace->engine().run(trace->engine().now(), [&](Server& core) {
    core.route_found(span_.handle_, route);
    return true;
  });
}

void Request::finish(int status) {
  const std::shared_ptr<LiveTrace>& trace = span_.trace_;
  if (trace == nullptr || span_.handle_ == kNoHandle) return;
  Engine& engine = trace->engine();
  const UnixTime now = engine.now();
  engine.run(now, [&](Server& core) {
    ResponseEnd end;
    end.status = status;
    core.end_incoming(span_.handle_, end, now);
    trace->root_ended(core);
    return true;
  });
}

Span Request::start_span(const SpanOptions& options) const { return span_.start_span(options); }
Call Request::start_call(const CallOptions& options) const { return span_.start_call(options); }
TraceHeaders Request::headers() const { return span_.headers(); }
std::string Request::meta_tags() const { return span_.meta_tags(); }

Trace::Trace() noexcept = default;

Trace::Trace(std::shared_ptr<Engine> engine, std::string state) noexcept
    : engine_(std::move(engine)), state_(std::move(state)) {}

Span Trace::start_span(const SpanOptions& options) const {
  if (engine_ == nullptr) return {};
  Attributes attributes(options.attributes.size());
  if (!options.op.empty()) attributes.add("sentry.op", Text{options.op});
  for (const KeyValue& given : options.attributes) attributes.add(given.key, given.value);
  SamplingContext about;
  about.name = options.name;
  about.op = options.op;
  const UnixTime now = engine_->now();
  Handle scope = kNoHandle;
  const StartedSpan started =
      engine_->start_root(now, about, [&](Server& core, const HostDecision* decision) {
        if (scope == kNoHandle) scope = detail::enter(core, Text{state_});
        if (scope == kNoHandle) return StartedSpan{};
        SpanStart start;
        start.name = options.name;
        start.attributes = attributes.all();
        start.start = detail::core_time(options.start);
        start.no_parent = true;
        start.decision = decision;
        return core.start_span({scope}, start, now);
      });
  if (scope == kNoHandle) return {};
  return {std::make_shared<LiveTrace>(engine_, scope, started), started.handle, started.id.bytes};
}

Call Trace::start_call(const CallOptions& options) const {
  Call call;
  if (engine_ == nullptr) return call;
  engine_->run_in(state_, [&](Server& core, Handle scope) {
    engine_->outgoing(core, {scope}, options, engine_->now(), call.headers_);
    return true;
  });
  return call;
}

TraceHeaders Trace::headers() const {
  if (engine_ == nullptr) return {};
  return engine_->run_in(
      state_, [&](Server& core, Handle scope) { return engine_->headers(core, {scope}, nullptr); });
}

std::string Trace::meta_tags() const { return detail::tags_of(headers()); }

std::string Trace::trace_id() const { return headers().sentry_trace.substr(0, 32); }

Client::Client() noexcept = default;
Client::Client(Options options) : engine_(std::make_shared<Engine>(std::move(options))) {}
Client::Client(Client&& other) noexcept = default;

Client& Client::operator=(Client&& other) noexcept {
  if (this == &other) return *this;
  close();
  engine_ = std::move(other.engine_);
  return *this;
}

Client::~Client() { close(); }

Request Client::incoming(const RequestInfo& given) const {
  Request request;
  if (engine_ == nullptr) return request;
  IncomingStart start;
  start.request = core_request(given);
  start.now = engine_->now();
  const String name = incoming_span_name(start.request);
  SamplingContext about;
  about.name = {name.data(), name.size()};
  about.op = "http.server";
  about.request = &given;
  const StartedSpan started =
      engine_->start_root(start.now, about, [&](Server& core, const HostDecision* decision) {
        if (decision == nullptr) {
          start.scope =
              core.open_request({given.sentry_trace, given.baggage, given.traceparent}).handle;
        }
        if (start.scope == kNoHandle) return StartedSpan{};
        IncomingStart decided = start;
        decided.decision = decision;
        return core.start_incoming(decided);
      });
  if (start.scope == kNoHandle) return request;
  request.span_ = Span(std::make_shared<LiveTrace>(engine_, start.scope, started), started.handle,
                       started.id.bytes);
  return request;
}

Trace Client::continue_trace(std::string_view sentry_trace, std::string_view baggage,
                             std::string_view traceparent) const {
  if (engine_ == nullptr) return {};
  std::string state = engine_->run(engine_->now(), [&](Server& core) -> std::string {
    const Handle scope = core.open_request({sentry_trace, baggage, traceparent}).handle;
    return core.leave_scope(scope, kNoHandle);
  });
  return {engine_, std::move(state)};
}

Trace Client::new_trace() const { return continue_trace({}); }

bool Client::flush(std::chrono::milliseconds timeout) {
  return engine_ == nullptr || engine_->flush(timeout);
}

bool Client::close(std::chrono::milliseconds timeout) {
  return engine_ == nullptr || engine_->close(timeout);
}

}  // namespace throughline::v0
