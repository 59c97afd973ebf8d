#include "throughline/wire/outgoing_baggage.h"

#include <utility>

#include "throughline/base/text_ops.h"
#include "throughline/wire/baggage.h"

namespace throughline {
namespace {

// The key as decoded: whose it is must not hang on how it is spelled.
bool is_of_sentry(Text member) {
  const Text key = trim_blanks(member.substr(0, member.find_first_of("=;")));
  const std::optional<String> decoded = percent_decode(key);
  return (decoded ? Text{*decoded} : key).starts_with("sentry-");
}

std::size_t count_members(Text text) {
  std::size_t count = text.empty() ? 0 : 1;
  for (const char c : text) count += c == ',' ? 1 : 0;
  return count;
}

}  // namespace

String merge_outgoing_baggage(Text existing, Text ours) {
  String others;
  for (Text rest = existing; !rest.empty();) {
    const Text member = trim_blanks(cut(rest, ','));
    if (member.empty() || is_of_sentry(member)) continue;
    if (!others.empty()) others.push_back(',');
    others.append(member);
  }
  if (others.empty()) return String{ours};
  const bool fits = others.size() + 1 + ours.size() <= kMaxBaggageBytes &&
                    count_members(others) + count_members(ours) <= kMaxBaggageMembers;
  if (ours.empty() || !fits) return others;
  return std::move(others.append(",").append(ours));
}

}  // namespace throughline
