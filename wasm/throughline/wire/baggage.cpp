#include "throughline/wire/baggage.h"

#include <cstdint>
#include <cstring>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

constexpr char kPrefix[] = "sentry-";

struct Sizes {
  std::uint32_t key;
  std::uint32_t value;
};

String format(const Members& members, bool as_dsc) {
  String out;
  for (const Member member : members) {
    if (as_dsc && member.value.empty()) continue;
    const std::size_t before = out.size();
    if (before != 0) out.push_back(',');
    if (as_dsc) out.append(kPrefix);
    append_uri_component(out, member.key);
    out.push_back('=');
    append_uri_component(out, member.value);
    if (out.size() > kMaxBaggageBytes) out.resize(before);
  }
  return out;
}

// ASCII white space, and the no-break space, which some string functions count as such
// (vector bg-019).
Text trim_member(Text text) {
  constexpr char kNoBreakSpace[] = "\xC2\xA0";
  for (;;) {
    text = trim(text);
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(sizeof(kNoBreakSpace) - 1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(sizeof(kNoBreakSpace) - 1);
    } else {
      return text;
    }
  }
}

}  // namespace

// Out of line, all of them: inlined wherever a DSC is handed on they were a tenth of the module.
[[gnu::noinline]] Members::Members() = default;
[[gnu::noinline]] Members::Members(const Members& other) = default;
[[gnu::noinline]] Members::Members(Members&& other) noexcept = default;
[[gnu::noinline]] Members& Members::operator=(const Members& other) = default;
[[gnu::noinline]] Members& Members::operator=(Members&& other) noexcept = default;
[[gnu::noinline]] Members::~Members() = default;

Member Members::Iterator::operator*() const {
  Sizes sizes;
  std::memcpy(&sizes, at_, sizeof(sizes));
  const char* key = at_ + sizeof(sizes);
  return {{key, sizes.key}, {key + sizes.key, sizes.value}};
}

Members::Iterator& Members::Iterator::operator++() {
  const Member member = **this;
  at_ = member.value.data() + member.value.size();
  return *this;
}

std::size_t Members::size() const {
  std::size_t count = 0;
  for (Iterator it = begin(); it != end(); ++it) ++count;
  return count;
}

void Members::set(Text key, Text value) {
  String text;
  const Sizes sizes{static_cast<std::uint32_t>(key.size()),
                    static_cast<std::uint32_t>(value.size())};
  text.append(Text{reinterpret_cast<const char*>(&sizes), sizeof(sizes)});
  text.append(key).append(value);
  for (const Member member : *this) {
    if (member.key != key) continue;
    // What stands in front of it, the new member, what stands behind it.
    const Text all = data_;
    const auto start = static_cast<std::size_t>(member.key.data() - all.data()) - sizeof(Sizes);
    String changed{all.substr(0, start)};
    changed.append(text);
    changed.append(all.substr(start + sizeof(Sizes) + member.key.size() + member.value.size()));
    data_.swap(changed);
    return;
  }
  data_.append(text);
}

std::optional<Text> Members::get(Text key) const {
  for (const Member member : *this) {
    if (member.key == key) return member.value;
  }
  return std::nullopt;
}

void parse_baggage(Text text, Members& into) {
  while (!text.empty()) {
    Text value = cut(text, ',');
    // Properties, after the first semicolon, are not ours to read.
    value = cut(value, ';');
    const Text key = trim_member(cut(value, '='));
    value = trim_member(value);
    if (key.empty() || value.empty()) continue;
    const std::optional<String> decoded_key = percent_decode(key);
    const std::optional<String> decoded_value = percent_decode(value);
    if (decoded_key && decoded_value) into.set(*decoded_key, *decoded_value);
  }
}

std::optional<Dsc> dsc_of(const Members& members) {
  Dsc dsc;
  for (const Member member : members) {
    Text key = member.key;
    if (!key.starts_with(kPrefix)) continue;
    key.remove_prefix(sizeof(kPrefix) - 1);
    dsc.set(key, member.value);
  }
  if (dsc.empty()) return std::nullopt;
  return dsc;
}

String format_dsc(const Dsc& dsc) { return format(dsc, true); }

String format_members(const Members& members) { return format(members, false); }

String append_baggage(Text existing, Text ours) {
  if (existing.empty()) return String{ours};
  String joined{existing};
  if (ours.empty()) return joined;
  std::size_t members = 0;
  for (Text rest = existing; !rest.empty();) {
    const Text member = trim_member(cut(rest, ','));
    if (member.starts_with(kPrefix)) return joined;
    if (!member.empty()) ++members;
  }
  for (Text rest = ours; !rest.empty(); ++members) cut(rest, ',');
  if (members > kMaxBaggageMembers || joined.size() + 1 + ours.size() > kMaxBaggageBytes) {
    return joined;
  }
  joined.push_back(',');
  joined.append(ours);
  return joined;
}

}  // namespace throughline
