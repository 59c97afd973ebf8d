// The half of streaming that takes down spans that ended, and hands them out.
#include <utility>

#include "throughline/export/span_json.h"
#include "throughline/export/span_v2.h"
#include "throughline/streaming.h"

namespace throughline {
namespace {

// So long a span of a request waits for what the host measured of it.
constexpr Duration kForTimes = milliseconds(300);
// As many roots that are over wait for what is open below them.
constexpr std::size_t kMostLingering = 32;
// As many spans of a root stay after they were taken down.
constexpr std::size_t kMostKept = 1000;
constexpr const char* kSpans = "span";

std::size_t open_below(const Root& root) {
  std::size_t open = 0;
  for (const SpanRecord* child : root.children) open += child->ended ? 0 : 1;
  return open;
}

}  // namespace

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
  losses_.add("invalid", kSpans, static_cast<std::uint32_t>(open_below(root)));
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
      losses_.add("queue_overflow", kSpans, count);
    } else {
      write_spans_envelope(payload_, bucket->items, count, of_bucket, facts);
      id = outbox_.add(kSpans, count);
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
