// What the browser measured of a request, as attributes of its span.
//
// Spec: spans.md section 6.4.
#pragma once

#include <array>
#include <cstddef>

#include "throughline/base/text.h"

namespace throughline {

struct NetworkProtocol {
  Text name;
  Text version;
};

// "h2" is http 2, "http/1.1" http 1.1; `next_hop` as PerformanceResourceTiming.nextHopProtocol has
// it (ALPN names).
[[nodiscard]] NetworkProtocol network_protocol(Text next_hop);

// The points in time, in the order in which a resource timing has them.
inline constexpr const char* kTimingKeys[] = {
    "http.request.redirect_start",      "http.request.redirect_end",
    "http.request.worker_start",        "http.request.fetch_start",
    "http.request.domain_lookup_start", "http.request.domain_lookup_end",
    "http.request.connect_start",       "http.request.secure_connection_start",
    "http.request.connection_end",      "http.request.request_start",
    "http.request.response_start",      "http.request.response_end",
};

struct ResourceTiming {
  static constexpr std::size_t kCount = std::size(kTimingKeys);
  static constexpr std::size_t kResponseStart = 10;

  Text protocol;
  double time_origin = 0;  // milliseconds since the Unix epoch
  // Milliseconds since the time origin, 0: did not happen or is not to be known; NaN: not given.
  std::array<double, kCount> times{};

  // Seconds since the Unix epoch; 0 stays 0.
  [[nodiscard]] double seconds(std::size_t index) const {
    return times[index] > 0 ? (time_origin + times[index]) / 1e3 : times[index];
  }
};

// Whether entries have the whole of a URL that the host has serialised for their name.
[[nodiscard]] bool is_entry_name(Text resolved);

// Whether an entry of that name tells of a request to `resolved`: user info and fragment aside.
[[nodiscard]] bool is_entry_of(Text resolved, Text entry_name);

}  // namespace throughline
