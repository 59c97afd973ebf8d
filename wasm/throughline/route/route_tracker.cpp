#include "throughline/route/route_tracker.h"

#include <utility>

#include "throughline/url/parts.h"

namespace throughline {
namespace {

constexpr Duration kYoung = milliseconds(1500);

}  // namespace

Reason RouteTracker::change(Text to, std::optional<UnixTime> route_start, UnixTime now) {
  const std::optional<String> from = std::exchange(last_href_, String{to});
  if (from) {
    if (*from == to) return Reason::SameUrl;
  } else if (std::exchange(start_href_, {}) == to) {
    return Reason::StillOnStartUrl;
  }
  const bool young = route_start && now - *route_start <= kYoung;
  const bool touched = last_interaction_ && now - *last_interaction_ <= kYoung;
  if (young && !touched) return Reason::Redirect;
  last_interaction_.reset();
  return Reason::Navigation;
}

Text route_name(Text href) { return split_url(href).path; }

}  // namespace throughline
