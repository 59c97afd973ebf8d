#include "throughline/streaming.h"

#include <utility>

#include "throughline/export/span_json.h"
#include "throughline/export/span_v2.h"
#include "throughline/request/request_span.h"
#include "throughline/request/resource_timing.h"

namespace throughline {
namespace {

// So long a span of a request waits for what the host measured of it.
constexpr Duration kForTimes = milliseconds(300);
// As many roots that are over wait for what is open below them.
constexpr std::size_t kMostLingering = 32;
// As many spans of a root stay after they were taken down.
constexpr std::size_t kMostKept = 1000;
constexpr const char* kCategory = "span";

std::size_t open_below(const Root& root) {
  std::size_t open = 0;
  for (const SpanRecord* child : root.children) open += child->ended ? 0 : 1;
  return open;
}

}  // namespace

Streaming::Streaming(Random& random, const HostTraits& host)
    : Runtime(random, host), buffer_(host.span_bytes / 2) {}

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

void Streaming::capture(Handle handle) {
  SpanRecord* span = tracer().store().find(handle);
  if (span == nullptr || span->left_out || span->standalone || !span->root->sampled) return;
  if (options_.measured && span->request != nullptr && span->request->timing == nullptr) {
    waiting_.push_back({handle, std::nullopt});
  } else {
    keep(*span);
  }
}

void Streaming::keep(SpanRecord& span) {
  if (options_.shown) {
    to_show_.push_back(span.handle);
  } else {
    buffer(span, {});
  }
}

void Streaming::buffer(SpanRecord& span, Text json) {
  const EnvelopeFacts facts{settings_.client, settings_.sdk, page_, {}, platform_};
  Root& root = *span.root;
  String own;
  double bytes = 2.0 * static_cast<double>(json.size());
  if (json.empty()) {
    JsonWriter writer(own);
    write_span_v2(writer, span, facts);
    json = own;
    bytes = estimated_bytes(span);
  }
  if (settings_.client.dsn) {
    SpanBucket& bucket = buffer_.add(root.trace_id, json, bytes);
    if (bucket.count == 1) {
      bucket.segment = root.span.handle;
      bucket.own_dsc = root.own_dsc;
    }
  }
  if (span.parent == nullptr) {
    buffer_.segment_ended(root.trace_id);
    return;
  }
  // It is out, so it counts for no limit of a transaction.
  --root.finished;
  if (root.children.size() <= kMostKept) return;
  for (SpanRecord* child : root.children) {
    if (!child->ended || child == &span) continue;
    ++root.finished;
    tracer().store().remove_child(*child);
    return;
  }
}

void Streaming::stop_waiting(std::optional<UnixTime> now) {
  for (std::size_t i = 0; i < waiting_.size();) {
    const Waiting waiting = waiting_[i];
    if (now && (!waiting.until || *now < *waiting.until)) {
      ++i;
      continue;
    }
    waiting_.erase_at(i);
    if (SpanRecord* span = tracer().store().find(waiting.span)) keep(*span);
  }
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

bool Streaming::finish(Root& root) {
  const auto is_below = [&](Handle handle) {
    const SpanRecord* span = tracer().store().find(handle);
    return span != nullptr && span->root == &root;
  };
  if (open_below(root) > 0) return false;
  for (const Waiting& waiting : waiting_) {
    if (is_below(waiting.span)) return false;
  }
  for (const Handle handle : to_show_) {
    if (is_below(handle)) return false;
  }
  for (SpanBucket* bucket : buffer_.buckets()) {
    if (bucket->segment == root.span.handle) bucket->dsc = tracer().dsc(root);
  }
  tracer().store().retire(root);
  return true;
}

void Streaming::finish_roots() {
  List<Handle>& due = tracer().due();
  for (std::size_t i = 0; i < due.size();) {
    const SpanRecord* span = tracer().store().find(due[i]);
    if (span != nullptr && span->standalone) {
      ++i;
      continue;
    }
    if (span != nullptr) lingering_.push_back(due[i]);
    due.erase_at(i);
  }
  for (std::size_t i = 0; i < lingering_.size();) {
    SpanRecord* span = tracer().store().find(lingering_[i]);
    if (span == nullptr || finish(*span->root)) {
      lingering_.erase_at(i);
    } else {
      ++i;
    }
  }
  for (std::size_t size = lingering_.size(); size > kMostLingering; --size) finish_oldest();
}

void Streaming::finish_oldest() {
  stop_waiting(std::nullopt);
  const Handle handle = lingering_.front();
  SpanRecord* span = tracer().store().find(handle);
  lingering_.erase_at(0);
  if (span == nullptr) return;
  Root& root = *span->root;
  losses_.add("invalid", kCategory, static_cast<std::uint32_t>(open_below(root)));
  for (std::size_t i = root.children.size(); i-- > 0;) {
    if (!root.children[i]->ended) tracer().store().remove_child(*root.children[i]);
  }
  // Something below it is still to be shown.
  if (!finish(root)) lingering_.push_back(handle);
}

Dsc Streaming::dsc_of_bucket(const SpanBucket& bucket) {
  if (bucket.dsc) return *bucket.dsc;
  const SpanRecord* segment = tracer().store().find(bucket.segment);
  return segment != nullptr ? tracer().dsc(*segment->root) : Dsc{};
}

Payload Streaming::take(UnixTime now, const Dsc* dsc, bool marked) {
  payload_ = String();
  const EnvelopeFacts facts{settings_.client, settings_.sdk, page_, now, platform_};
  JsonWriter json(payload_);
  while (!to_screen_.empty()) {
    const Handle handle = to_screen_.front();
    if (const SpanRecord* span = tracer().store().find(handle)) {
      json.open_array();
      write_span(json, *span);
      json.close_array();
      return {kAskIgnored, payload_, handle};
    }
    to_screen_.erase_at(0);
  }
  while (!to_show_.empty()) {
    if (const SpanRecord* span = tracer().store().find(to_show_.front())) {
      write_span_v2(json, *span, facts, false);
      return {kAskSpan, payload_, span->root->span.handle};
    }
    to_show_.erase_at(0);
  }
  if (std::exchange(flush_wanted_, false)) buffer_.all_due();
  if (options_.on && !has_heard()) finish_roots();
  buffer_.set_times(now);
  for (Waiting& waiting : waiting_) {
    if (!waiting.until) waiting.until = now + kForTimes;
  }
  while (SpanBucket* bucket = buffer_.due()) {
    Dsc of_bucket = dsc_of_bucket(*bucket);
    if (tracer().listeners.create_dsc && bucket->own_dsc) {
      if (dsc == nullptr) {
        write_dsc(json, of_bucket);
        return {kAskDsc, payload_, bucket->segment};
      }
      of_bucket = *std::exchange(dsc, nullptr);
    }
    const std::uint32_t count = bucket->count;
    std::uint32_t id = 0;
    if (!outbox_.has_room(nullptr)) {
      losses_.add("queue_overflow", kCategory, count);
    } else {
      write_spans_envelope(payload_, bucket->items, count, of_bucket, facts);
      id = outbox_.add(kCategory, count);
    }
    buffer_.remove(*bucket);
    if (id != 0) return {kAskNothing, payload_, id};
  }
  if (options_.on && has_heard()) return {};
  return Runtime::take(now, dsc, marked);
}

void Streaming::mark_ignored(Handle handle, Text marks) {
  if (to_screen_.empty() || to_screen_.front() != handle) {
    Runtime::mark_ignored(handle, marks);
    return;
  }
  to_screen_.erase_at(0);
  SpanRecord* span = tracer().store().find(handle);
  if (span != nullptr && !span->left_out && marks.starts_with('1')) leave_out(*span);
}

void Streaming::answer_span(Text json) {
  if (to_show_.empty()) return;
  SpanRecord* span = tracer().store().find(to_show_.front());
  to_show_.erase_at(0);
  if (span != nullptr) buffer(*span, json);
}

bool Streaming::has_payload() {
  if (!to_screen_.empty() || !to_show_.empty() || buffer_.due() != nullptr) return true;
  if (flush_wanted_ || buffer_.needs_time()) return true;
  for (const Waiting& waiting : waiting_) {
    if (!waiting.until) return true;
  }
  // Who hears has to hear first: what is due may still change.
  return !(options_.on && has_heard()) && Runtime::has_payload();
}

}  // namespace throughline
