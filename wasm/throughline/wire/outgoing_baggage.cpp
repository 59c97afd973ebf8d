#include "throughline/wire/outgoing_baggage.h"

#include <optional>

#include "throughline/base/text_ops.h"
#include "throughline/wire/baggage.h"

namespace throughline {
namespace {

// As written, or as readers decode its key.
bool is_sentry_member(Text member) {
  constexpr char kSentry[] = "sentry-";
  if (member.starts_with(kSentry)) return true;
  Text key = cut(member, ';');
  key = trim(cut(key, '='));
  const std::optional<String> decoded = percent_decode(key);
  return decoded && Text{*decoded}.starts_with(kSentry);
}

// Appends the members of `text` that are wanted; returns how many there are.
std::size_t append_members(String& out, Text text, bool foreign_only) {
  std::size_t count = 0;
  while (!text.empty()) {
    const Text member = trim(cut(text, ','));
    if (member.empty() || (foreign_only && is_sentry_member(member))) continue;
    if (!out.empty()) out.push_back(',');
    out.append(member);
    ++count;
  }
  return count;
}

}  // namespace

String merge_outgoing_baggage(Text existing, Text ours) {
  String merged;
  std::size_t members = append_members(merged, existing, true);
  const std::size_t foreign_bytes = merged.size();
  members += append_members(merged, ours, false);
  if (members > kMaxBaggageMembers || merged.size() > kMaxBaggageBytes) {
    merged.resize(foreign_bytes);
  }
  return merged;
}

}  // namespace throughline
