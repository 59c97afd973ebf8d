// Points in time. Hosts hand in milliseconds since the Unix epoch as a double (the time origin
// plus a monotonic clock); payloads carry seconds with at most six decimals.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace throughline {

using UnixTime = std::chrono::sys_time<std::chrono::nanoseconds>;
using Duration = std::chrono::nanoseconds;

// Rounded to microseconds: a double holds no more of today's times, and cutting it off would
// make 1 ms of 0.9999998 ms.
//
// Times of users may be anything: they are held within the years 1827 and 2112, so that neither
// they nor the difference of two overflow.
constexpr UnixTime from_milliseconds(double ms) {
  constexpr double kMost = 4.5e12;
  if (!(ms < kMost)) ms = kMost;
  if (ms < -kMost) ms = -kMost;
  return UnixTime{Duration{static_cast<std::int64_t>(ms * 1000 + 0.5) * 1000}};
}

constexpr Duration milliseconds(double ms) { return Duration{static_cast<std::int64_t>(ms * 1e6)}; }

// To the microsecond: a double holds them exactly, nanoseconds it does not.
constexpr double to_milliseconds(UnixTime time) {
  const std::int64_t microseconds = time.time_since_epoch().count() / 1000;
  return static_cast<double>(microseconds) / 1e3;
}

// A time as users give one: above 9999999999 it is milliseconds, else seconds (spans.md 2).
constexpr UnixTime from_time_input(double number) {
  return from_milliseconds(number > 9999999999.0 ? number : number * 1000);
}

// Seconds, rounded to microseconds: what is written on the wire.
constexpr double to_seconds(UnixTime time) {
  const std::int64_t microseconds = (time.time_since_epoch().count() + 500) / 1000;
  return static_cast<double>(microseconds) / 1e6;
}

// "2026-01-31T23:59:59.000Z": UTC, cut off to milliseconds (ISO 8601).
std::string iso8601(UnixTime time);

}  // namespace throughline
