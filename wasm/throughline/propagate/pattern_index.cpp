#include "throughline/propagate/pattern_index.h"

namespace throughline {
namespace {

constexpr std::size_t kKey = 3;
constexpr unsigned kSlotBits = 10;
constexpr std::size_t kShortTexts = std::size_t{1} << kSlotBits;

// Calls `visit(offset, slot)` for every three characters of `text`.
template <typename Visit>
void each_key(std::string_view text, const Visit& visit) {
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    key = (key << 8U) | static_cast<unsigned char>(text[i]);
    // Multiplied, the three characters that are left of the key mix in its upper bits.
    if (i + 1 >= kKey) visit(i + 1 - kKey, ((key << 8U) * 0x9E3779B1U) >> (32U - kSlotBits));
  }
}

}  // namespace

void PatternIndex::build(const std::vector<Pattern>& patterns) {
  entries_.assign(patterns.size(), Entry{});
  slots_.assign(kShortTexts + 1, kNone);
  std::vector<std::uint32_t> uses(kShortTexts);
  for (const Pattern& pattern : patterns) {
    each_key(pattern.text, [&](std::size_t, std::uint32_t slot) { ++uses[slot]; });
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].host_side) continue;
    Entry& entry = entries_[i];
    entry.text = patterns[i].text;
    std::size_t best = kShortTexts;
    each_key(entry.text, [&](std::size_t offset, std::uint32_t slot) {
      if (best != kShortTexts && uses[slot] >= uses[best]) return;
      best = slot;
      entry.offset = offset;
    });
    entry.next = slots_[best];
    slots_[best] = static_cast<int>(i);
  }
}

int PatternIndex::first_in(std::string_view subject) const {
  int first = kNone;
  if (slots_.empty()) return first;
  const auto consider = [&](int i) {
    if (first == kNone || i < first) first = i;
  };
  for (int i = slots_[kShortTexts]; i != kNone; i = entries_[static_cast<std::size_t>(i)].next) {
    if (subject.find(entries_[static_cast<std::size_t>(i)].text) != std::string_view::npos)
      consider(i);
  }
  each_key(subject, [&](std::size_t at, std::uint32_t slot) {
    for (int i = slots_[slot]; i != kNone;) {
      const Entry& entry = entries_[static_cast<std::size_t>(i)];
      if (at >= entry.offset && subject.substr(at - entry.offset).starts_with(entry.text))
        consider(i);
      i = entry.next;
    }
  });
  return first;
}

}  // namespace throughline
