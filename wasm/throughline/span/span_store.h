// Holds the records of open roots and what belongs to them, within bounds.
//
// A root keeps its open children and its 1000 earliest finished ones (lifecycle.md section 10,
// envelope.md section 4.1); all roots together keep to a number of bytes. What does not fit gets
// no record and is counted. A few of those that were sent stay for whoever still holds their spans
// (design.md decision 15).
#pragma once

#include <cstddef>
#include <cstdint>

#include "throughline/base/loss_counts.h"
#include "throughline/base/text.h"
#include "throughline/span/span_record.h"

namespace throughline {

inline constexpr std::uint32_t kMaxFinishedChildren = 1000;
// A larger root is freed once it was sent.
inline constexpr std::size_t kMaxSentBytes = 128U << 10U;

class SpanStore {
 public:
  // `max_sent`: as many roots that were sent stay, the latest.
  SpanStore(LossCounts& losses, std::size_t max_bytes, std::size_t max_sent = 0)
      : losses_(losses), max_bytes_(max_bytes), max_sent_(max_sent) {}

  SpanStore(const SpanStore&) = delete;
  SpanStore& operator=(const SpanStore&) = delete;
  ~SpanStore();

  // Null when there is no room: counted as a lost transaction.
  Root* add_root(Text name);
  // Null when the root has no room for it: counted. `parent` belongs to `root`.
  SpanRecord* add_child(Root& root, SpanRecord& parent, UnixTime start);

  SpanRecord* find(Handle handle) {
    void** record = records_.find(handle);
    return record == nullptr ? nullptr : static_cast<SpanRecord*>(*record);
  }

  // Marks a child as finished. The record may be gone afterwards (a limit was reached).
  void finish_child(SpanRecord& child, UnixTime end);
  // Takes a finished child out of its root; its handle becomes stale.
  void remove_child(SpanRecord& child);
  // Frees a root and all its records.
  void remove_root(Root& root);
  // A host has an object for that root, or for something below it.
  void hold(Handle root);
  // A root was handed over: it stays for now if it is held.
  void retire(Root& root);

  // Those that were not sent.
  const List<Root*>& roots() const { return roots_; }
  // Whether those together keep to their number of bytes.
  bool has_room() const;

 private:
  LossCounts& losses_;
  std::size_t max_bytes_;
  std::size_t max_sent_;
  HandleTable<void*> records_;  // SpanRecord
  List<Root*> roots_;
  List<Root*> sent_;
};

}  // namespace throughline
