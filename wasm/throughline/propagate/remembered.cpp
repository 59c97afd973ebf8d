#include "throughline/propagate/remembered.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace throughline {
namespace {

// Deciding a known text is little more than its hash and a comparison, in code compiled for
// size. So both take four bytes at a time, the last four overlapping those before.
constexpr std::size_t kStep = sizeof(std::uint32_t);

std::uint32_t word_at(const char* at) {
  std::uint32_t word = 0;
  std::memcpy(&word, at, kStep);
  return word;
}

std::uint32_t hash_of(Text text) {
  constexpr std::uint32_t kFactor = 0x9E3779B1U;
  auto hash = static_cast<std::uint32_t>(text.size());
  if (text.size() < kStep) {
    for (const char c : text) hash = hash * 31 + static_cast<unsigned char>(c);
    return hash * kFactor;
  }
  const std::size_t last = text.size() - kStep;
  for (std::size_t at = 0;; at += kStep) {
    if (at > last) at = last;
    hash = (((hash << 5U) | (hash >> 27U)) ^ word_at(text.data() + at)) * kFactor;
    if (at == last) return hash;
  }
}

bool same_text(Text a, Text b) {
  if (a.size() != b.size() || a.size() < kStep) return a == b;
  const std::size_t last = a.size() - kStep;
  for (std::size_t at = 0;; at += kStep) {
    if (at > last) at = last;
    if (word_at(a.data() + at) != word_at(b.data() + at)) return false;
    if (at == last) return true;
  }
}

}  // namespace

// The upper bits of a hash are the well mixed ones.
Remembered** RememberedTable::find_slot(Text text, std::uint32_t hash) {
  for (std::size_t i = 0; i <= kTries; ++i) {
    Remembered** slot = i < kTries ? &slots_[((hash >> 24U) + i) % kSlots] : &long_;
    const Remembered* entry = *slot;
    if (entry != nullptr && entry->hash == hash && same_text(entry->text, text)) return slot;
  }
  return nullptr;
}

Remembered** RememberedTable::choose_slot(std::uint32_t hash) {
  for (std::size_t i = 0;; ++i) {
    const bool full = i == kTries;
    Remembered** slot = &slots_[((hash >> 24U) + (full ? victim_++ % kTries : i)) % kSlots];
    if (full || *slot == nullptr || (*slot)->generation != current_) return slot;
  }
}

void RememberedTable::start_generation() {
  current_ = 1U - current_;
  for (Remembered*& slot : slots_) {
    if (slot != nullptr && slot->generation == current_) slot = nullptr;
  }
  generations_[current_].clear();
  used_ = 0;
}

Remembered* RememberedTable::find(Text text) {
  Remembered** slot = find_slot(text, hash_of(text));
  if (long_ != nullptr && slot != &long_) forget_long();
  return slot == nullptr ? nullptr : *slot;
}

Remembered& RememberedTable::add_prefixed(Text text, Text prefix) {
  Remembered entry;
  entry.hash = hash_of(text);
  Remembered** slot = find_slot(text, entry.hash);
  if (slot != nullptr) {
    if ((*slot)->reason == Reason::None) entry.pattern = (*slot)->pattern;
    *slot = nullptr;
  }
  const std::size_t size = prefix.size() + text.size();
  const std::size_t bytes = (sizeof(Remembered) + size + 15U) & ~std::size_t{15};
  TextArena* arena = &long_texts_;
  if (bytes > kMaxEntry) {
    forget_long();
    slot = &long_;
  } else {
    if (used_ + bytes > kGeneration) start_generation();
    used_ += bytes;
    entry.generation = current_;
    arena = &generations_[current_];
    slot = choose_slot(entry.hash);
  }
  auto* added = new (arena->allocate(bytes)) Remembered(entry);
  char* texts = reinterpret_cast<char*>(added + 1);
  added->resolved = {texts, size};
  texts = std::copy(prefix.begin(), prefix.end(), texts);
  added->text = {texts, text.size()};
  std::copy(text.begin(), text.end(), texts);
  *slot = added;
  return *added;
}

Remembered& RememberedTable::add(Text text, Text resolved) {
  const bool is_tail = resolved.ends_with(text);
  if (is_tail) resolved.remove_suffix(text.size());
  Remembered& added = add_prefixed(text, resolved);
  if (!is_tail) added.resolved = added.resolved.substr(0, resolved.size());
  return added;
}

void RememberedTable::forget_long() {
  long_ = nullptr;
  long_texts_.clear();
}

void RememberedTable::forget_all() {
  forget_long();
  start_generation();
  start_generation();
}

void RememberedTable::forget_from_host() {
  forget_long();
  for (Remembered*& slot : slots_) {
    if (slot != nullptr && slot->from_host) slot = nullptr;
  }
}

}  // namespace throughline
