#include "throughline/propagate/pattern_index.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace throughline {
namespace {

constexpr int kNone = -1;
constexpr std::size_t kKeySize = 3;
constexpr unsigned kSlotBits = 10;
constexpr std::size_t kShortTexts = std::size_t{1} << kSlotBits;

[[gnu::always_inline]] inline std::uint32_t key_at(const char* at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(at);
  return std::uint32_t{bytes[0]} << 16U | std::uint32_t{bytes[1]} << 8U | std::uint32_t{bytes[2]};
}

[[gnu::always_inline]] constexpr std::size_t slot_of(std::uint32_t key) {
  return (key * 0x9E3779B1U) >> (32U - kSlotBits);
}

}  // namespace

void PatternIndex::build(std::span<const Pattern> patterns) {
  arena_.clear();
  slots_ = nullptr;
  if (patterns.empty()) return;
  const std::size_t size = patterns.size() * sizeof(Entry) + (kShortTexts + 1) * sizeof(int);
  entries_ = static_cast<Entry*>(arena_.allocate(size));
  slots_ = reinterpret_cast<int*>(entries_ + patterns.size());

  // At first the slots count what stands in the texts.
  std::fill_n(slots_, kShortTexts + 1, 0);
  for (const Pattern& pattern : patterns) {
    for (std::size_t at = 0; at + kKeySize <= pattern.text.size(); ++at) {
      ++slots_[slot_of(key_at(pattern.text.data() + at))];
    }
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const Text text = patterns[i].text;
    Entry& entry = entries_[i];
    entry = {text, 0, 0, kShortTexts};
    for (std::size_t at = 0; at + kKeySize <= text.size(); ++at) {
      const std::uint32_t key = key_at(text.data() + at);
      if (at == 0 || slots_[slot_of(key)] < slots_[entry.slot]) {
        entry = {text, key, at, slot_of(key)};
      }
    }
  }
  std::fill_n(slots_, kShortTexts + 1, kNone);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].host_side) continue;
    int& first = slots_[entries_[i].slot];
    entries_[i].next = first;
    first = static_cast<int>(i);
  }
}

int PatternIndex::first_in(Text subject) const {
  int lowest = kNone;
  if (slots_ == nullptr) return lowest;
  const auto matches = [&lowest](int i) {
    if (lowest == kNone || i < lowest) lowest = i;
  };
  for (int i = slots_[kShortTexts]; i != kNone; i = entries_[i].next) {
    if (subject.find(entries_[i].text) != Text::npos) matches(i);
  }
  // Once for every character of a new URL, in code compiled for size: calls nothing.
  for (std::size_t at = 0; at + kKeySize <= subject.size(); ++at) {
    const std::uint32_t key = key_at(subject.data() + at);
    for (int i = slots_[slot_of(key)]; i != kNone; i = entries_[i].next) {
      const Entry& entry = entries_[i];
      if (entry.key != key || at < entry.offset) continue;
      const std::size_t start = at - entry.offset;
      if (subject.size() - start >= entry.text.size() &&
          std::memcmp(subject.data() + start, entry.text.data(), entry.text.size()) == 0) {
        matches(i);
      }
    }
  }
  return lowest;
}

}  // namespace throughline
