// Handles: how spans and scopes cross the boundary (design.md decision 6).
//
// A handle is an index with a generation. Looking up a handle whose entry was given back finds
// nothing, so a stale one is a no-op and never somebody else's entry. 0 is no handle.
#pragma once

#include <cassert>
#include <cstdint>
#include <utility>

#include "throughline/base/list.h"

namespace throughline {

using Handle = std::uint32_t;
inline constexpr Handle kNoHandle = 0;

template <typename T>
class HandleTable {
 public:
  // Entries given back longest ago are used first: generations come round as late as can be.
  Handle add(T value) {
    std::uint32_t index = first_free_;
    if (index == kNone) {
      index = static_cast<std::uint32_t>(entries_.size());
      // More at once than an index can tell: the caller goes without a record.
      if (index > kIndexMask - 1) return kNoHandle;
      entries_.push_back({});
    } else {
      first_free_ = entries_[index].next_free;
      if (first_free_ == kNone) last_free_ = kNone;
    }
    Entry& entry = entries_[index];
    entry.value = std::move(value);
    entry.used = true;
    return handle_of(index, entry);
  }

  // Null for a handle that is stale, foreign or none.
  T* find(Handle handle) {
    const std::uint32_t index = (handle & kIndexMask) - 1;
    if (index >= entries_.size()) return nullptr;
    Entry& entry = entries_[index];
    return entry.used && handle_of(index, entry) == handle ? &entry.value : nullptr;
  }

  void remove(Handle handle) {
    if (find(handle) == nullptr) return;
    const std::uint32_t index = (handle & kIndexMask) - 1;
    Entry& entry = entries_[index];
    entry.value = T{};
    entry.used = false;
    entry.generation = (entry.generation + 1) & kGenerationMask;
    entry.next_free = kNone;
    if (last_free_ == kNone) {
      first_free_ = index;
    } else {
      entries_[last_free_].next_free = index;
    }
    last_free_ = index;
  }

  template <typename Visit>
  void each(Visit visit) {
    for (Entry& entry : entries_) {
      if (entry.used) visit(entry.value);
    }
  }

 private:
  static constexpr std::uint32_t kIndexBits = 20;
  static constexpr std::uint32_t kIndexMask = (1U << kIndexBits) - 1;
  static constexpr std::uint32_t kGenerationMask = (1U << (32 - kIndexBits)) - 1;
  static constexpr std::uint32_t kNone = 0xffffffff;

  struct Entry {
    T value{};
    std::uint32_t generation = 0;
    std::uint32_t next_free = kNone;
    bool used = false;
  };

  static Handle handle_of(std::uint32_t index, const Entry& entry) {
    return entry.generation << kIndexBits | (index + 1);
  }

  List<Entry> entries_;
  std::uint32_t first_free_ = kNone;
  std::uint32_t last_free_ = kNone;
};

}  // namespace throughline
