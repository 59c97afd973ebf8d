// The options of a link target without spans. Others have no effect there, so nothing is said about
// them, nor about values: what is said weighs as much as all of the reading. These definitions take
// the place of those in throughline/config/all_options.cpp, which the linker then leaves out.
#include "throughline/config/propagation_options.h"

namespace throughline {

OptionRules known_options() { return PackedOptions<kPropagationOptions>::all(); }
void keep_other(Settings&, const OptionRule&, const OptionValue&) {}
String unknown_option(OptionGroup, Text) { return {}; }
String unusable_option(const OptionRule&, Text, const OptionValue&, const char*) { return {}; }
Text missing_dsn() { return {}; }
Text missing_targets() { return {}; }

}  // namespace throughline
