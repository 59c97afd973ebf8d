// What a change of URL means: nothing, a redirect of the route that is still young, or a
// navigation.
//
// Spec: lifecycle.md sections 4 and 5.
#pragma once

#include <optional>

#include "throughline/base/reason.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/base/time.h"

namespace throughline {

class RouteTracker {
 public:
  // The URL where the page started. The first change that stays on it is ignored.
  void page_started(Text href) { start_href_ = String{href}; }
  void interaction(UnixTime now) { last_interaction_ = now; }

  // `to` is absolute, or the raw text where the host could not resolve it. `route_start`: start
  // of the route span that is open, nothing if there is none or redirects are not looked for.
  Reason classify(Text to, std::optional<UnixTime> route_start, UnixTime now) const;
  // Remembers `to`; a navigation also forgets the last interaction.
  void moved(Text to, Reason reason);

 private:
  String start_href_;
  std::optional<String> last_href_;
  std::optional<UnixTime> last_interaction_;
};

// The name of a route span: pathname of an absolute URL; empty when the text is none.
Text route_name(Text href);

}  // namespace throughline
