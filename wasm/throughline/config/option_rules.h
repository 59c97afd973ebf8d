// Which options there are, what each must be, and where it goes.
//
// Spec: lifecycle.md section 2, "Checking of options".
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/config/options.h"

namespace throughline {

// What the host found in an option. Values that are no text, number or boolean stay with the
// host; for those `text` says what came, for a finding ("a function", "an object").
struct OptionValue {
  enum class Kind : int { Absent, Boolean, Number, Text, Function, RegExp, List, Other };
  Kind kind = Kind::Absent;
  double number = 0;  // also a boolean
  Text text{};
};

enum class OptionGroup : std::uint8_t { Client, BrowserTracing, Transport };

enum class Expected : std::uint8_t {
  Boolean,
  Text,
  Milliseconds,
  Count,
  Rate,
  Dsn,
  Function,
  List,
  Targets,
  LinkMode,
  Object
};

// The host reads it; only its type is checked here.
inline constexpr std::uint16_t kNotKept = UINT16_MAX;

struct OptionRule {
  OptionGroup group;
  Expected expected;
  // Of what is set in Settings: a flag where a boolean or a function is expected, a duration, a
  // number, a text. What else is expected has rules of its own.
  std::uint16_t offset;
};

// @tparam Member the type of what lies there
template <class Member>
Member& kept_at(Settings& settings, const OptionRule& rule) {
  return *reinterpret_cast<Member*>(reinterpret_cast<std::byte*>(&settings) + rule.offset);
}

// A pointer to each key would not compress.
struct OptionRules {
  std::span<const OptionRule> rules;
  Text keys;  // in the order of `rules`, each with a blank behind it
};

// A rule as the tables in the sources have it.
struct OptionRow {
  OptionGroup group;
  Expected expected;
  std::uint16_t offset;
  std::string_view key;
};

// @tparam kRows an array of OptionRow
template <const auto& kRows>
struct PackedOptions {
  static constexpr auto kRules = [] {
    std::array<OptionRule, kRows.size()> rules{};
    std::transform(kRows.begin(), kRows.end(), rules.begin(), [](const OptionRow& row) {
      return OptionRule{row.group, row.expected, row.offset};
    });
    return rules;
  }();
  static constexpr auto kKeys = [] {
    constexpr std::size_t kSize = [] {
      std::size_t size = 0;
      for (const OptionRow& row : kRows) size += row.key.size() + 1;
      return size;
    }();
    std::array<char, kSize> keys{};
    char* end = keys.data();
    for (const OptionRow& row : kRows) {
      end = std::copy(row.key.begin(), row.key.end(), end);
      *end++ = ' ';
    }
    return keys;
  }();
  static OptionRules all() { return {kRules, {kKeys.data(), kKeys.size()}}; }
};

// What follows is in all_options.cpp. A link target without spans has other definitions: of the
// options that propagation goes by, and without a word about them (bindings/few_options.cpp).

OptionRules known_options();
// Keeps what is neither a boolean nor a text.
void keep_other(Settings& settings, const OptionRule& rule, const OptionValue& value);
// The finding about an option that has no rule.
String unknown_option(OptionGroup group, Text key);
// The finding about a value that cannot be used as it is. `now`: what happens instead.
String unusable_option(const OptionRule& rule, Text key, const OptionValue& got, const char* now);
// The findings, with a line feed, where no DSN is given and where no targets are.
Text missing_dsn();
Text missing_targets();

}  // namespace throughline
