#include "throughline/propagate/pattern_index.h"

namespace throughline {
namespace {

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
  entries_.assign(patterns.size(), Entry{});
  slots_.assign(kShortTexts + 1, kNone);
  std::vector<std::uint32_t> uses(kShortTexts);
  for (const Pattern& pattern : patterns) {
    for (std::size_t at = 0; at + kKeySize <= pattern.text.size(); ++at) {
      ++uses[slot_of(key_at(pattern.text.data() + at))];
    }
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].host_side) continue;
    Entry& entry = entries_[i];
    entry.text = patterns[i].text;
    std::size_t rarest = kShortTexts;
    for (std::size_t at = 0; at + kKeySize <= entry.text.size(); ++at) {
      const std::uint32_t key = key_at(entry.text.data() + at);
      const std::size_t slot = slot_of(key);
      if (rarest != kShortTexts && uses[slot] >= uses[rarest]) continue;
      rarest = slot;
      entry.key = key;
      entry.offset = at;
    }
    entry.next = slots_[rarest];
    slots_[rarest] = static_cast<int>(i);
  }
}

int PatternIndex::first_in(std::string_view subject) const {
  int first = kNone;
  if (slots_.empty()) return first;
  const Entry* entries = entries_.data();
  const auto consider = [&first](int i) {
    if (first == kNone || i < first) first = i;
  };
  for (int i = slots_[kShortTexts]; i != kNone; i = entries[i].next) {
    if (subject.find(entries[i].text) != std::string_view::npos) consider(i);
  }
  // Once for each character of a request's URL, in code compiled for size: calls nothing.
  const int* slots = slots_.data();
  const char* text = subject.data();
  for (std::size_t at = 0; at + kKeySize <= subject.size(); ++at) {
    const std::uint32_t key = key_at(text + at);
    for (int i = slots[slot_of(key)]; i != kNone; i = entries[i].next) {
      const Entry& entry = entries[i];
      if (entry.key == key && at >= entry.offset &&
          subject.substr(at - entry.offset).starts_with(entry.text)) {
        consider(i);
      }
    }
  }
  return first;
}

}  // namespace throughline
