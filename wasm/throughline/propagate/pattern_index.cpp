#include "throughline/propagate/pattern_index.h"

namespace throughline {
namespace {

constexpr std::size_t kKeySize = 3;
constexpr unsigned kSlotBits = 10;
constexpr std::size_t kShortTexts = std::size_t{1} << kSlotBits;

std::size_t slot_of(std::uint32_t key) { return (key * 0x9E3779B1U) >> (32U - kSlotBits); }

// Calls `visit(key, offset)` for every three characters of `text`.
template <typename Visit>
void each_key(std::string_view text, const Visit& visit) {
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    key = ((key << 8U) | static_cast<unsigned char>(text[i])) & 0xFFFFFFU;
    if (i + 1 >= kKeySize) visit(key, i + 1 - kKeySize);
  }
}

}  // namespace

void PatternIndex::build(const std::vector<Pattern>& patterns) {
  entries_.assign(patterns.size(), Entry{});
  slots_.assign(kShortTexts + 1, kNone);
  std::vector<std::uint32_t> uses(kShortTexts);
  for (const Pattern& pattern : patterns) {
    each_key(pattern.text, [&](std::uint32_t key, std::size_t) { ++uses[slot_of(key)]; });
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].host_side) continue;
    Entry& entry = entries_[i];
    entry.text = patterns[i].text;
    std::size_t rarest = kShortTexts;
    each_key(entry.text, [&](std::uint32_t key, std::size_t offset) {
      const std::size_t slot = slot_of(key);
      if (rarest != kShortTexts && uses[slot] >= uses[rarest]) return;
      rarest = slot;
      entry.key = key;
      entry.offset = offset;
    });
    entry.next = slots_[rarest];
    slots_[rarest] = static_cast<int>(i);
  }
}

int PatternIndex::first_in(std::string_view subject) const {
  int first = kNone;
  if (slots_.empty()) return first;
  const auto consider = [&](int i) {
    if (first == kNone || i < first) first = i;
  };
  for (int i = slots_[kShortTexts]; i != kNone;) {
    const Entry& entry = entries_[static_cast<std::size_t>(i)];
    if (subject.find(entry.text) != std::string_view::npos) consider(i);
    i = entry.next;
  }
  each_key(subject, [&](std::uint32_t key, std::size_t at) {
    for (int i = slots_[slot_of(key)]; i != kNone;) {
      const Entry& entry = entries_[static_cast<std::size_t>(i)];
      if (entry.key == key && at >= entry.offset &&
          subject.substr(at - entry.offset).starts_with(entry.text)) {
        consider(i);
      }
      i = entry.next;
    }
  });
  return first;
}

}  // namespace throughline
