#include "throughline/route/route_tracker.h"

#include <utility>

#include "throughline/url/parts.h"

namespace throughline {
namespace {

constexpr Duration kYoung = milliseconds(1500);

}  // namespace

Reason RouteTracker::classify(Text to, std::optional<UnixTime> route_start, UnixTime now) const {
  if (last_href_) {
    if (*last_href_ == to) return Reason::SameUrl;
  } else if (start_href_ == to) {
    return Reason::StillOnStartUrl;
  }
  const bool young = route_start && now - *route_start <= kYoung;
  const bool touched = last_interaction_ && now - *last_interaction_ <= kYoung;
  return young && !touched ? Reason::Redirect : Reason::Navigation;
}

void RouteTracker::moved(Text to, Reason reason) {
  last_href_ = String{to};
  if (reason == Reason::Navigation) last_interaction_.reset();
}

Text route_name(Text href) { return split_url(href).path; }

}  // namespace throughline
