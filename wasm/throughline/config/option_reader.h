// From what a user wrote to checked options, with one finding for everything that is not usable.
//
// Spec: lifecycle.md section 2, "Checking of options".
#pragma once

#include <array>

#include "throughline/base/list.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"
#include "throughline/config/option_rules.h"

namespace throughline {

class OptionReader {
 public:
  // Takes one option. Returns a finding, "key: expected …, got …; what happens now", or an empty
  // text. After a finding the option counts as absent.
  String read(OptionGroup group, Text key, const OptionValue& value);

  // Takes one entry of a list of targets. `key` as in `read`; the lists are told apart by group
  // and key, and one of them counts in the end (propagation.md section 11).
  String read_target(OptionGroup group, Text key, const OptionValue& entry);

  struct Checked {
    Settings settings;
    String findings;  // one a line
    // The list whose entries count: 2 * group + (1 for `tracingOrigins`), -1: none was given.
    int target_list = -1;
  };
  // Everything read so far, and what can only be said about the whole. The texts hold until the
  // next call but one.
  Checked finish(const SdkInfo& sdk);

 private:
  struct TargetList {
    bool given = false;
    List<Pattern> entries;
  };
  // What options are views of.
  struct Kept {
    TextArena texts;
    std::array<TargetList, 6> lists;
  };

  // Of the options that are read, of those in force, and of those that they replace: the ones in
  // force go only after the new ones took their place.
  std::array<Kept, 3> kept_;
  std::size_t turn_ = 0;
  Settings settings_;
  bool dsn_given_ = false;
};

}  // namespace throughline
