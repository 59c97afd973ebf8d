// Points in time. Hosts hand in milliseconds since the Unix epoch as a double (the time origin
// plus a monotonic clock); payloads carry seconds with at most six decimals.
#pragma once

#include <chrono>
#include <cstdint>

#include "throughline/base/string.h"

namespace throughline {

// Whole microseconds, in a double: hosts count in doubles, and today's times need no conversion.
using Duration = std::chrono::duration<double, std::micro>;
using UnixTime = std::chrono::sys_time<Duration>;

// Rounded to microseconds: a double holds no more of today's times, and cutting it off would
// make 1 ms of 0.9999998 ms.
//
// Times of users may be anything: they are held within the years 1827 and 2112, so that neither
// they nor the difference of two overflow.
UnixTime from_milliseconds(double ms);

// Cut off to whole microseconds.
constexpr Duration milliseconds(double ms) {
  return Duration{static_cast<double>(static_cast<std::int64_t>(ms * 1000))};
}

constexpr double to_milliseconds(UnixTime time) { return time.time_since_epoch().count() / 1e3; }

// A time as users give one: above 9999999999 it is milliseconds, else seconds (spans.md 2).
UnixTime from_time_input(double number);

// Seconds: what is written on the wire.
constexpr double to_seconds(UnixTime time) { return time.time_since_epoch().count() / 1e6; }

// "2026-01-31T23:59:59.000Z": UTC, cut off to milliseconds (ISO 8601).
String iso8601(UnixTime time);

}  // namespace throughline
