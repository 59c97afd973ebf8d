// What a change of URL means: nothing, a redirect of the route that is still young, or a
// navigation.
//
// Spec: lifecycle.md sections 4 and 5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "throughline/base/reason.h"
#include "throughline/base/time.h"

namespace throughline {

class RouteTracker {
 public:
  // The URL where the page started. The first change that stays on it is ignored.
  void page_started(std::string_view href) { start_href_ = href; }
  void interaction(UnixTime now) { last_interaction_ = now; }

  // `to` is absolute, or the raw text where the host could not resolve it. `route_start`: start
  // of the route span that is open, nothing if there is none or redirects are not looked for.
  // Remembers `to`; a navigation also forgets the last interaction.
  Reason change(std::string_view to, std::optional<UnixTime> route_start, UnixTime now);

 private:
  std::string start_href_;
  std::optional<std::string> last_href_;
  std::optional<UnixTime> last_interaction_;
};

// The name of a route span: pathname of an absolute URL; empty when the text is none.
std::string_view route_name(std::string_view href);

}  // namespace throughline
