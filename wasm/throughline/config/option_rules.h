// Which options there are, what each must be, and where it goes.
//
// Spec: lifecycle.md section 2, "Checking of options".
#pragma once

#include <span>

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

enum class OptionGroup : int { Client, BrowserTracing };

enum class Expected {
  Boolean,
  Text,
  Milliseconds,
  Rate,
  Dsn,
  Function,
  List,
  Targets,
  LinkMode,
  Object
};

struct OptionRule {
  OptionGroup group;
  const char* key;
  Expected expected;
  // Null: the host reads it; only its type is checked here.
  void (*set)(Settings&, const OptionValue&);
};

using OptionRules = std::span<const OptionRule>;

// What follows is in all_options.cpp. A link target without spans has other definitions: of the
// options that propagation goes by, and without a word about them (bindings/few_options.cpp).

OptionRules known_options();
// The finding about an option that has no rule.
String unknown_option(OptionGroup group, Text key);
// The finding about a value that cannot be used as it is. `now`: what happens instead.
String unusable_option(const OptionRule& rule, const OptionValue& got, const char* now);
// The findings, with a line feed, where no DSN is given and where no targets are.
Text missing_dsn();
Text missing_targets();

}  // namespace throughline
