#include "throughline/propagate/remembered.h"

#include <cstring>

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

std::uint32_t hash_of(std::string_view text) {
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

bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.size() < kStep) return a == b;
  const std::size_t last = a.size() - kStep;
  for (std::size_t at = 0;; at += kStep) {
    if (at > last) at = last;
    if (word_at(a.data() + at) != word_at(b.data() + at)) return false;
    if (at == last) return true;
  }
}

// Of 64 sets. The upper bits are the well mixed ones.
constexpr std::size_t set_of(std::uint32_t hash) { return hash >> 26U; }

}  // namespace

Remembered* RememberedTable::find(std::string_view text, std::uint32_t hash) {
  Remembered* set = &entries_[set_of(hash) * kWays];
  for (std::size_t way = 0; way <= kWays; ++way) {
    Remembered* entry = way < kWays ? set + way : &long_;
    if (entry->hash == hash && entry->used && same_text(entry->text(), text)) return entry;
  }
  return nullptr;
}

Remembered* RememberedTable::find(std::string_view text) {
  Remembered* found = find(text, hash_of(text));
  if (long_.used && found != &long_) long_ = Remembered{};
  return found;
}

Remembered& RememberedTable::add_prefixed(std::string_view text, std::string_view prefix) {
  const std::uint32_t hash = hash_of(text);
  Remembered* entry = find(text, hash);
  int pattern = Remembered::kNotAsked;
  if (entry != nullptr) {
    if (entry->reason == Reason::None) pattern = entry->pattern;
    entry->used = false;
  }
  const std::size_t bytes = prefix.size() + text.size();
  if (bytes > kMaxBytes) {
    entry = &long_;
  } else if (entry == nullptr || entry == &long_) {
    std::uint8_t& oldest = oldest_[set_of(hash)];
    entry = &entries_[set_of(hash) * kWays + oldest];
    oldest = static_cast<std::uint8_t>((oldest + 1U) % kWays);
  }
  // A string that grows by itself would take up to twice what it needs.
  std::string texts = std::move(entry->texts);
  texts.clear();
  if (texts.capacity() < bytes) texts = std::string{};
  texts.reserve(bytes);
  texts.append(prefix).append(text);
  *entry = Remembered{};
  entry->used = true;
  entry->pattern = pattern;
  entry->hash = hash;
  entry->text_size = text.size();
  entry->resolved_size = bytes;
  entry->texts = std::move(texts);
  return *entry;
}

Remembered& RememberedTable::add(std::string_view text, std::string_view resolved) {
  if (resolved.ends_with(text)) {
    resolved.remove_suffix(text.size());
    return add_prefixed(text, resolved);
  }
  Remembered& added = add_prefixed(text, resolved);
  added.resolved_size = resolved.size();
  return added;
}

void RememberedTable::forget_all() {
  for (Remembered& entry : entries_) entry = Remembered{};
  long_ = Remembered{};
}

void RememberedTable::forget_from_host() {
  for (Remembered& entry : entries_) {
    if (entry.from_host) entry = Remembered{};
  }
  long_ = Remembered{};
}

}  // namespace throughline
