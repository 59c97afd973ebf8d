#include "throughline/delivery/span_buffer.h"

#include <algorithm>

namespace throughline {
namespace {

constexpr std::uint32_t kMostSpans = 1000;
constexpr double kMostBytes = 5e6;
constexpr Duration kLongest = milliseconds(5000);
constexpr Duration kAfterSegment = milliseconds(500);

}  // namespace

SpanBuffer::~SpanBuffer() {
  for (const SpanBucket* bucket : buckets_) delete bucket;
}

SpanBucket* SpanBuffer::open_bucket(const TraceId& trace_id) {
  // Most spans belong to one of the latest traces.
  for (std::size_t i = buckets_.size(); i-- > 0;) {
    SpanBucket* bucket = buckets_[i];
    if (bucket->trace_id == trace_id && !bucket->due) return bucket;
  }
  return nullptr;
}

SpanBucket& SpanBuffer::add(const TraceId& trace_id, Text json, double bytes) {
  SpanBucket* bucket = open_bucket(trace_id);
  if (bucket == nullptr) {
    bucket = new SpanBucket{trace_id};
    buckets_.push_back(bucket);
  }
  if (bucket->count > 0) bucket->items.push_back(',');
  bucket->items.append(json);
  ++bucket->count;
  bucket->bytes += bytes;
  bucket->due = bucket->count >= kMostSpans || bucket->bytes >= kMostBytes;
  held_ += json.size();
  if (held_ > max_bytes_) all_due();
  return *bucket;
}

void SpanBuffer::segment_ended(const TraceId& trace_id) {
  if (SpanBucket* bucket = open_bucket(trace_id)) bucket->segment_ended = true;
}

void SpanBuffer::set_times(UnixTime now) {
  for (SpanBucket* bucket : buckets_) {
    if (!bucket->flush_at) bucket->flush_at = now + kLongest;
    if (!bucket->segment_ended) continue;
    bucket->segment_ended = false;
    const UnixTime soon = now + kAfterSegment;
    if (soon < *bucket->flush_at) bucket->flush_at = soon;
  }
}

bool SpanBuffer::needs_time() const {
  for (const SpanBucket* bucket : buckets_) {
    if (!bucket->flush_at || bucket->segment_ended) return true;
  }
  return false;
}

void SpanBuffer::wake(UnixTime now) {
  for (SpanBucket* bucket : buckets_) {
    if (bucket->flush_at && *bucket->flush_at <= now) bucket->due = true;
  }
}

void SpanBuffer::all_due() {
  for (SpanBucket* bucket : buckets_) bucket->due = true;
}

std::optional<UnixTime> SpanBuffer::deadline() const {
  std::optional<UnixTime> next;
  for (const SpanBucket* bucket : buckets_) {
    if (!bucket->due && bucket->flush_at && (!next || *bucket->flush_at < *next)) {
      next = bucket->flush_at;
    }
  }
  return next;
}

SpanBucket* SpanBuffer::due() {
  for (SpanBucket* bucket : buckets_) {
    if (bucket->due) return bucket;
  }
  return nullptr;
}

void SpanBuffer::remove(SpanBucket& bucket) {
  held_ -= std::min(held_, bucket.items.size());
  erase<SpanBucket*>(buckets_, &bucket);
  delete &bucket;
}

}  // namespace throughline
