#include "throughline-cpp/span.h"

#include "native/engine.h"
#include "throughline/context/tracer.h"

namespace throughline::v0 {

using detail::Attributes;
using detail::LiveTrace;

namespace {

// Where work below a span happens. One without a record (any more) is passed over for its root.
Place below(Server& core, const LiveTrace& trace, Handle span) {
  const bool recorded = core.tracer().store().find(span) != nullptr;
  return {trace.scope(), recorded ? span : trace.root()};
}

// Runs `event(core, record)` if the span is still recorded.
template <typename Event>
void change(const std::shared_ptr<LiveTrace>& trace, Handle span, Event&& event) {
  if (trace == nullptr || span == kNoHandle) return;
  trace->engine().run(trace->engine().now(), [&](Server& core) {
    SpanRecord* record = core.tracer().store().find(span);
    if (record != nullptr && !record->ended) event(core, *record);
    return true;
  });
}

}  // namespace

Span::Span() noexcept = default;

Span::Span(std::shared_ptr<LiveTrace> trace, std::uint32_t handle,
           std::array<std::uint8_t, 8> id) noexcept
    : trace_(std::move(trace)), handle_(handle), id_(id) {}

Span::Span(Span&& other) noexcept
    : trace_(std::move(other.trace_)),
      handle_(std::exchange(other.handle_, kNoHandle)),
      id_(std::exchange(other.id_, {})) {}

Span& Span::operator=(Span&& other) noexcept {
  if (this == &other) return *this;
  end();
  trace_ = std::move(other.trace_);
  handle_ = std::exchange(other.handle_, kNoHandle);
  id_ = std::exchange(other.id_, {});
  return *this;
}

Span::~Span() { end(); }

Span Span::start_span(const SpanOptions& options) const {
  if (trace_ == nullptr) return {};
  // Tracing is off, or the request is not recorded: nothing below it is.
  if (trace_->root() == kNoHandle) return {trace_, kNoHandle, {}};
  Attributes attributes(options.attributes.size());
  if (!options.op.empty()) attributes.add("sentry.op", Text{options.op});
  for (const KeyValue& given : options.attributes) attributes.add(given.key, given.value);
  detail::Engine& engine = trace_->engine();
  const UnixTime now = engine.now();
  const StartedSpan started = engine.run(now, [&](Server& core) {
    // What begins after its root was sent comes too late.
    if (trace_->has_ended() && trace_->sampled()) core.losses().add("invalid", "span");
    const Place place = below(core, *trace_, handle_);
    SpanStart start;
    start.name = options.name;
    start.attributes = attributes.all();
    start.start = detail::core_time(options.start);
    start.parent = place.active_span;
    return core.start_span(place, start, now);
  });
  return {trace_, started.handle, started.id.bytes};
}

Call Span::start_call(const CallOptions& options) const {
  Call call;
  if (trace_ == nullptr) return call;
  detail::Engine& engine = trace_->engine();
  const UnixTime now = engine.now();
  const RequestAnswer answer = engine.run(now, [&](Server& core) {
    return engine.outgoing(core, below(core, *trace_, handle_), options, now, call.headers_);
  });
  call.span_ = Span(trace_, answer.span, answer.span_id.bytes);
  return call;
}

void Span::set_name(std::string_view name) {
  change(trace_, handle_, [&](Server& core, SpanRecord& span) {
    core.tracer().set_name(span, name);
    // The name of a root tells what is behind it.
    if (span.parent == nullptr) {
      core.tracer().set_attribute(span, "sentry.source", AttributeValue::of(Text{"custom"}));
    }
  });
}

void Span::set_attribute(std::string_view key, const Value& value) {
  Attributes attribute(1);
  attribute.add(key, value);
  change(trace_, handle_, [&](Server& core, SpanRecord& span) {
    for (const AttributeInput& given : attribute.all()) {
      core.tracer().set_attribute(span, given.key, given.value);
    }
  });
}

void Span::set_status(Status status, std::string_view message) {
  const StatusCode code = status == Status::Ok ? StatusCode::Ok : StatusCode::Error;
  change(trace_, handle_,
         [&](Server& core, SpanRecord& span) { core.tracer().set_status(span, code, message); });
}

void Span::end() {
  if (trace_ == nullptr || handle_ == kNoHandle) return;
  detail::Engine& engine = trace_->engine();
  const UnixTime now = engine.now();
  engine.run(now, [&](Server& core) {
    core.end_span(handle_, now, now);
    if (handle_ == trace_->root()) trace_->root_ended(core);
    return true;
  });
}

TraceHeaders Span::headers() const {
  if (trace_ == nullptr) return {};
  detail::Engine& engine = trace_->engine();
  return engine.run(engine.now(), [&](Server& core) {
    const SpanId id{id_};
    // Where nothing is recorded one id stands for all the work on the request.
    const bool own = trace_->root() != kNoHandle && !id.is_zero();
    return engine.headers(core, below(core, *trace_, handle_), own ? &id : nullptr);
  });
}

std::string Span::meta_tags() const { return detail::tags_of(headers()); }

std::string Span::trace_id() const { return headers().sentry_trace.substr(0, 32); }

std::string Span::span_id() const {
  const std::string text = headers().sentry_trace;
  return text.size() < 49 ? std::string() : text.substr(33, 16);
}

bool Span::sampled() const { return trace_ != nullptr && trace_->sampled(); }

Call::Call() noexcept = default;
Call::Call(Call&& other) noexcept = default;

Call& Call::operator=(Call&& other) noexcept {
  if (this == &other) return *this;
  fail();
  span_ = std::move(other.span_);
  headers_ = std::exchange(other.headers_, {});
  return *this;
}

Call::~Call() { fail(); }

namespace {

void end_call(const std::shared_ptr<LiveTrace>& trace, Handle span, const ResponseEnd& end) {
  if (trace == nullptr || span == kNoHandle) return;
  detail::Engine& engine = trace->engine();
  const UnixTime now = engine.now();
  engine.run(now, [&](Server& core) {
    core.end_outgoing(span, end, now);
    return true;
  });
}

}  // namespace

void Call::finish(int status) {
  ResponseEnd end;
  end.status = status;
  end_call(span_.trace_, span_.handle_, end);
}

void Call::fail() {
  ResponseEnd end;
  end.how = ResponseEnd::How::Failed;
  end_call(span_.trace_, span_.handle_, end);
}

}  // namespace throughline::v0
