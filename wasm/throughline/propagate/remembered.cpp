#include "throughline/propagate/remembered.h"

#include <cstring>

namespace throughline {
namespace {

// Four bytes at a time: this is most of what deciding a known text costs.
std::uint32_t hash_of(std::string_view text) {
  auto hash = static_cast<std::uint32_t>(text.size());
  const auto mix = [&hash](std::uint32_t word) {
    hash = (((hash << 5U) | (hash >> 27U)) ^ word) * 0x9E3779B1U;
  };
  const auto mix_at = [&](std::size_t at) {
    std::uint32_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    mix(word);
  };
  if (text.size() < sizeof(std::uint32_t)) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    return hash;
  }
  const std::size_t last = text.size() - sizeof(std::uint32_t);
  for (std::size_t at = 0; at < last; at += sizeof(std::uint32_t)) mix_at(at);
  mix_at(last);
  return hash;
}

// Of 64 sets. The upper bits are the well mixed ones.
constexpr std::size_t set_of(std::uint32_t hash) { return hash >> 26U; }

}  // namespace

Remembered* RememberedTable::find(std::string_view text, std::uint32_t hash) {
  const auto is_it = [&](const Remembered& entry) {
    return entry.hash == hash && entry.used && entry.text() == text;
  };
  Remembered* entry = &entries_[set_of(hash) * kWays];
  for (const Remembered* end = entry + kWays; entry != end; ++entry) {
    if (is_it(*entry)) return entry;
  }
  return is_it(long_) ? &long_ : nullptr;
}

Remembered* RememberedTable::find(std::string_view text) {
  Remembered* found = find(text, hash_of(text));
  if (long_.used && found != &long_) long_ = Remembered{};
  return found;
}

Remembered& RememberedTable::add(std::string_view text, std::string_view resolved) {
  const std::uint32_t hash = hash_of(text);
  Remembered* entry = find(text, hash);
  if (entry != nullptr) entry->used = false;
  const bool is_tail = resolved.ends_with(text);
  const std::size_t bytes = resolved.size() + (is_tail ? 0 : text.size());
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
  texts.append(resolved);
  if (!is_tail) texts.append(text);
  *entry = Remembered{};
  entry->used = true;
  entry->hash = hash;
  entry->text_size = text.size();
  entry->resolved_size = resolved.size();
  entry->texts = std::move(texts);
  return *entry;
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
