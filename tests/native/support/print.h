// How a failed expectation shows the core's own texts.
#pragma once

#include <ostream>

#include "throughline/base/string.h"

namespace throughline {

inline void PrintTo(Text text, std::ostream* out) { *out << '"' << std::string{text} << '"'; }
inline void PrintTo(const String& text, std::ostream* out) { PrintTo(Text{text}, out); }

}  // namespace throughline
