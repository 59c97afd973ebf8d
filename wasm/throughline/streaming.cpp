#include "throughline/streaming.h"

#include <utility>

#include "throughline/request/request_span.h"
#include "throughline/request/resource_timing.h"

namespace throughline {
namespace {

constexpr const char* kCategory = "span";

}  // namespace

Streaming::Streaming(Random& random, const HostTraits& host)
    : Runtime(random, host), buffer_(host.span_bytes / 2) {}

Streams Streaming::follow(const StreamWish& wish) {
  const Lifecycle given = std::exchange(lifecycle_, Lifecycle::Unset);
  const bool wanted =
      given == Lifecycle::Stream || (wish.integration && given != Lifecycle::Static);
  const bool on = wanted && !wish.hook_is_static;
  stream({on, wish.shown, wish.measured});
  if (on) return Streams::Yes;
  return wanted ? Streams::HookIsStatic : Streams::No;
}

void Streaming::stream(const StreamOptions& options) {
  const bool begins = options.on && !options_.on;
  if (options_.on && !options.on) stop();
  options_ = options;
  tracer().root_category = options.on ? kCategory : "transaction";
  tracer().listeners.spans = heard_by_host_ || options.on;
  if (!begins) return;
  // What ended before would have gone with its root.
  List<Handle> ended;
  for (const Root* root : tracer().store().roots()) {
    for (const SpanRecord* child : root->children) {
      if (child->ended) ended.push_back(child->handle);
    }
  }
  for (const Handle handle : ended) capture(handle);
}

void Streaming::stop() {
  options_.shown = false;
  flush_spans();
  for (const Handle handle : std::exchange(to_show_, {})) {
    if (SpanRecord* span = tracer().store().find(handle)) keep(*span);
  }
  finish_roots();
  for (std::size_t size = lingering_.size(); size > 0; --size) finish_oldest();
  // What went already is not to go with its root once more.
  for (Root* root : tracer().store().roots()) {
    for (std::size_t i = root->children.size(); i-- > 0;) {
      SpanRecord& child = *root->children[i];
      if (!child.ended) continue;
      ++root->finished;
      tracer().store().remove_child(child);
    }
  }
}

void Streaming::listen(const Listeners& listeners) {
  heard_by_host_ = listeners.spans;
  tracer().listeners = listeners;
  tracer().listeners.spans = heard_by_host_ || options_.on;
}

RequestAnswer Streaming::request(const RequestStart& request, const HostDecision* host) {
  const bool recorded = options_.on && settings_.client.tracing_enabled() && request.span_wanted &&
                        !request.explain && !request.place.suppressed;
  const SpanRecord* active =
      recorded ? tracer().active(scope(request.place.scope), request.place.active_span) : nullptr;
  if (!recorded || active != nullptr) {
    const RequestAnswer answer = Runtime::request(request);
    if (active != nullptr && answer.asks == kAskNothing) {
      count_unrecorded(active->root->span.handle, answer.span);
    }
    return answer;
  }
  RequestAnswer answer;
  const std::optional<TargetDecision> decision = decide(request, answer);
  if (!decision) return answer;
  SpanStart start;
  start.no_parent = true;
  start.decision = host;
  const StartedSpan started = Runtime::start_span(request.place, start, request.now);
  if (started.asks != kAskNothing) {
    SpanRecord named;
    Root alone;
    named.root = &alone;
    note_request(named, request, *decision);
    asked_name_ = span_name(named);
    answer = {};
    answer.asks = started.asks;
    return answer;
  }
  answer.span = started.handle;
  answer.span_id = started.id;
  std::uint32_t* number = &scope(request.place.scope).header_number;
  if (SpanRecord* span = tracer().store().find(started.handle)) {
    note_request(*span, request, *decision);
    span->name = span->root->arena.copy(span_name(*span));
    tracer().set_text(*span, "sentry.op", "http.client");
    tracer().set_text(*span, "sentry.origin", "auto.http.browser");
    screen(*span);
    number = &span->root->header_number;
  }
  answer.header_number =
      tracer().listeners.create_dsc ? fresh_header_number() : header_number(*number);
  return answer;
}

SpanRecord* Streaming::lone_request(Text name, UnixTime start) {
  SpanRecord* found = nullptr;
  for (Root* root : tracer().store().roots()) {
    SpanRecord& span = root->span;
    if (span.request == nullptr || span.request->timing != nullptr) continue;
    if (!is_entry_of(span.request->resolved, name)) continue;
    // Of several the last that had started, by clocks that may differ a little.
    if (found == nullptr || span.start <= start + milliseconds(2)) found = &span;
  }
  return found;
}

void Streaming::resource(Text name, UnixTime start, const ResourceTiming& timing) {
  if (!Runtime::resource(name, start, timing)) {
    if (SpanRecord* segment = lone_request(name, start)) note_timing(*segment, timing);
  }
  for (std::size_t i = 0; i < waiting_.size();) {
    SpanRecord* span = tracer().store().find(waiting_[i].span);
    if (span != nullptr && span->request->timing == nullptr) {
      ++i;
      continue;
    }
    waiting_.erase_at(i);
    if (span != nullptr) keep(*span);
  }
}

StartedSpan Streaming::start_span(Place place, const SpanStart& start, UnixTime now) {
  StartedSpan started = Runtime::start_span(place, start, now);
  if (!options_.on || started.asks != kAskNothing) return started;
  if (!place.suppressed) count_unrecorded(started.root, started.handle);
  SpanRecord* span = tracer().store().find(started.handle);
  if (span != nullptr && screen(*span)) started.sampled = false;
  return started;
}

void Streaming::count_unrecorded(Handle handle, Handle span) {
  if (span != kNoHandle) return;
  const SpanRecord* root = tracer().store().find(handle);
  if (root != nullptr && !root->root->sampled) losses_.add(root->root->loss, kCategory);
}

bool Streaming::screen(SpanRecord& span) {
  if (span.left_out) return true;
  if (span.ended || span.standalone || !span.root->sampled || !filter_.matches(span)) return false;
  leave_out(span);
  return true;
}

void Streaming::leave_out(SpanRecord& span) {
  span.left_out = true;
  // Idle spans do not look at it.
  span.ignored = true;
  if (span.parent != nullptr) {
    losses_.add("ignored", kCategory);
    return;
  }
  // It is counted when it ends, and what starts below it when it starts.
  Root& root = *span.root;
  root.sampled = false;
  root.loss = "ignored";
  root.header_number = 0;
}

Heard Streaming::hear() {
  if (telling_ != kNoHandle) capture(std::exchange(telling_, kNoHandle));
  for (;;) {
    const Heard heard = Runtime::hear();
    SpanRecord* span = tracer().store().find(heard.span.handle);
    if (!options_.on || span == nullptr) return heard;
    if (heard.kind == SpanNote::Kind::Started && !screen(*span) && filter_.asks_host() &&
        span->root->sampled && !span->standalone) {
      to_screen_.push_back(span->handle);
    }
    if (span->left_out) continue;
    if (heard.kind == SpanNote::Kind::Ended) telling_ = heard.span.handle;
    return heard;
  }
}

bool Streaming::has_heard() {
  if (heard_by_host_) return Runtime::has_heard() || telling_ != kNoHandle;
  while (hear().kind != SpanNote::Kind::None) {
  }
  return false;
}

void Streaming::flush_spans() {
  has_heard();
  stop_waiting(std::nullopt);
  flush_wanted_ = true;
}

std::uint32_t Streaming::page_hidden(Place place, UnixTime now) {
  const std::uint32_t asks = Runtime::page_hidden(place, now);
  // It may be the last that is heard of the page.
  if (asks == kAskNothing) flush_spans();
  return asks;
}

std::uint32_t Streaming::wake(UnixTime now) {
  stop_waiting(now);
  buffer_.wake(now);
  return Runtime::wake(now);
}

std::optional<UnixTime> Streaming::deadline() const {
  std::optional<UnixTime> next = Runtime::deadline();
  const auto consider = [&next](const std::optional<UnixTime>& at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(buffer_.deadline());
  for (const Waiting& waiting : waiting_) consider(waiting.until);
  return next;
}

void Streaming::close(UnixTime now) {
  Runtime::close(now);
  flush_spans();
}

}  // namespace throughline
