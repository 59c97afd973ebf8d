#include "throughline/base/time.h"

#include <cmath>

namespace throughline {
namespace {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_of(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  // April, June, September and November.
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void append_padded(String& out, int value, int unit, char behind) {
  for (; unit > 0; unit /= 10) out.push_back(static_cast<char>('0' + value / unit % 10));
  out.push_back(behind);
}

}  // namespace

[[gnu::noinline]] UnixTime from_milliseconds(double ms) {
  constexpr double kMost = 4.5e12;
  if (!(ms < kMost)) ms = kMost;
  if (ms < -kMost) ms = -kMost;
  return UnixTime{Duration{std::floor(ms * 1000 + 0.5)}};
}

UnixTime from_time_input(double number) {
  return from_milliseconds(number > 9999999999.0 ? number : number * 1000);
}

// Month by month from 1970: times of the years 1827 to 2112 are no more than 1716 steps away.
String iso8601(UnixTime time) {
  constexpr double kDay = 86400000;
  const double ms = std::floor(to_milliseconds(time));
  int days = static_cast<int>(std::floor(ms / kDay));
  const int in_day = static_cast<int>(ms - days * kDay);
  int month = 0;  // since January 1970
  const auto year = [&] { return 1970 + (month + 12000) / 12 - 1000; };
  const auto length = [&] { return days_of(year(), (month + 12000) % 12 + 1); };
  while (days < 0) {
    --month;
    days += length();
  }
  for (; days >= length(); ++month) days -= length();
  String text;
  append_padded(text, year(), 1000, '-');
  append_padded(text, (month + 12000) % 12 + 1, 10, '-');
  append_padded(text, days + 1, 10, 'T');
  append_padded(text, in_day / 3600000, 10, ':');
  append_padded(text, in_day / 60000 % 60, 10, ':');
  append_padded(text, in_day / 1000 % 60, 10, '.');
  append_padded(text, in_day % 1000, 100, 'Z');
  return text;
}

}  // namespace throughline
