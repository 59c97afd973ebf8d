// Which URL texts the core may resolve by itself.
//
// Resolving a URL is the host's work (`new URL` costs 1.1 to 1.9 µs); for texts in normal form
// the host's answer is known beforehand: a path is base origin + text, an absolute URL is
// itself. Everything else is asked. Spec: design.md decision 18; URL Standard, "URL parsing".
#pragma once

#include "throughline/base/text.h"

namespace throughline {

enum class UrlForm {
  Ask,       // only the host can tell
  Path,      // starts with "/" but not "//": resolved it is the base's origin followed by the text
  Absolute,  // http or https, and already what the host would serialise
};

[[nodiscard]] UrlForm url_form(Text text);

}  // namespace throughline
