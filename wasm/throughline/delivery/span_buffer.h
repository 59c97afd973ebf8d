// Streamed spans that wait to be sent together, those of a trace in one payload.
//
// Spec: envelope.md section 8, "Buffer rule".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "throughline/base/list.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/base/time.h"
#include "throughline/id/handle_table.h"
#include "throughline/id/ids.h"
#include "throughline/wire/baggage.h"

namespace throughline {

struct SpanBucket {
  TraceId trace_id;
  // The segment of the first span, whose DSC goes along; `dsc` has it once that is over.
  Handle segment = kNoHandle;
  std::optional<Dsc> dsc{};
  bool own_dsc = false;  // listeners may still change it
  String items{};        // spans as JSON, with commas between
  std::uint32_t count = 0;
  double bytes = 0;                    // as estimated
  bool due = false;                    // to be sent now
  bool segment_ended = false;          // since `flush_at` was set
  std::optional<UnixTime> flush_at{};  // nothing: something was added that no time was set for
};

class SpanBuffer {
 public:
  // `max_bytes`: what is kept of JSON text, all buckets together; beyond it all are due.
  explicit SpanBuffer(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  SpanBuffer(const SpanBuffer&) = delete;
  SpanBuffer& operator=(const SpanBuffer&) = delete;
  ~SpanBuffer();

  // Adds a span of a trace. Returns its bucket, which is a new one where the last is due.
  SpanBucket& add(const TraceId& trace_id, Text json, double bytes);
  // A segment of that trace ended.
  void segment_ended(const TraceId& trace_id);
  // Sets the times of buckets that have none yet.
  void set_times(UnixTime now);
  bool needs_time() const;
  // What is due by then.
  void wake(UnixTime now);
  void all_due();
  // The next time at which something is due; nothing: never.
  std::optional<UnixTime> deadline() const;
  // Null: none is due.
  SpanBucket* due();
  void remove(SpanBucket& bucket);

  List<SpanBucket*>& buckets() { return buckets_; }

 private:
  SpanBucket* open_bucket(const TraceId& trace_id);

  std::size_t max_bytes_;
  std::size_t held_ = 0;
  List<SpanBucket*> buckets_;
};

}  // namespace throughline
