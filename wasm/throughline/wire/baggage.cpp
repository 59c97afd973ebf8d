#include "throughline/wire/baggage.h"

#include <cstdint>
#include <cstring>

#include "throughline/base/text.h"

namespace throughline {
namespace {

constexpr std::string_view kPrefix = "sentry-";

struct Sizes {
  std::uint32_t key;
  std::uint32_t value;
};

std::string format(const Members& members, bool as_dsc) {
  std::string out;
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
std::string_view trim_member(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  for (;;) {
    text = trim(text);
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
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

void Members::set(std::string_view key, std::string_view value) {
  std::string text;
  const Sizes sizes{static_cast<std::uint32_t>(key.size()),
                    static_cast<std::uint32_t>(value.size())};
  text.append(reinterpret_cast<const char*>(&sizes), sizeof(sizes));
  text.append(key).append(value);
  for (const Member member : *this) {
    if (member.key != key) continue;
    // What stands in front of it, the new member, what stands behind it.
    const std::string_view all = data_;
    const auto start = static_cast<std::size_t>(member.key.data() - all.data()) - sizeof(Sizes);
    std::string changed{all.substr(0, start)};
    changed.append(text);
    changed.append(all.substr(start + sizeof(Sizes) + member.key.size() + member.value.size()));
    data_.swap(changed);
    return;
  }
  data_.append(text);
}

std::optional<std::string_view> Members::get(std::string_view key) const {
  for (const Member member : *this) {
    if (member.key == key) return member.value;
  }
  return std::nullopt;
}

void parse_baggage(std::string_view text, Members& into) {
  while (!text.empty()) {
    std::string_view value = cut(text, ',');
    // Properties, after the first semicolon, are not ours to read.
    value = cut(value, ';');
    const std::string_view key = trim_member(cut(value, '='));
    value = trim_member(value);
    if (key.empty() || value.empty()) continue;
    const std::optional<std::string> decoded_key = percent_decode(key);
    const std::optional<std::string> decoded_value = percent_decode(value);
    if (decoded_key && decoded_value) into.set(*decoded_key, *decoded_value);
  }
}

std::optional<Dsc> dsc_of(const Members& members) {
  Dsc dsc;
  for (const Member member : members) {
    std::string_view key = member.key;
    if (!key.starts_with(kPrefix)) continue;
    key.remove_prefix(kPrefix.size());
    dsc.set(key, member.value);
  }
  if (dsc.empty()) return std::nullopt;
  return dsc;
}

std::string format_dsc(const Dsc& dsc) { return format(dsc, true); }

std::string format_members(const Members& members) { return format(members, false); }

std::string append_baggage(std::string_view existing, std::string_view ours) {
  if (existing.empty()) return std::string{ours};
  std::string joined{existing};
  if (ours.empty()) return joined;
  std::size_t members = 0;
  for (std::string_view rest = existing; !rest.empty();) {
    const std::string_view member = trim_member(cut(rest, ','));
    if (member.starts_with(kPrefix)) return joined;
    if (!member.empty()) ++members;
  }
  for (std::string_view rest = ours; !rest.empty(); ++members) cut(rest, ',');
  if (members > kMaxBaggageMembers || joined.size() + 1 + ours.size() > kMaxBaggageBytes) {
    return joined;
  }
  joined.push_back(',');
  joined.append(ours);
  return joined;
}

}  // namespace throughline
