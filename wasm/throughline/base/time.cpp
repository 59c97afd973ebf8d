#include "throughline/base/time.h"

namespace throughline {
namespace {

void append_padded(std::string& out, std::int64_t value, int digits) {
  std::int64_t unit = 1;
  for (int i = 1; i < digits; ++i) unit *= 10;
  for (; unit > 0; unit /= 10) out.push_back(static_cast<char>('0' + value / unit % 10));
}

}  // namespace

std::string iso8601(UnixTime time) {
  namespace chrono = std::chrono;
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date{day};
  const std::int64_t in_day = chrono::floor<chrono::milliseconds>(time - day).count();
  std::string text;
  append_padded(text, static_cast<int>(date.year()), 4);
  text.push_back('-');
  append_padded(text, static_cast<unsigned>(date.month()), 2);
  text.push_back('-');
  append_padded(text, static_cast<unsigned>(date.day()), 2);
  text.push_back('T');
  append_padded(text, in_day / 3600000, 2);
  text.push_back(':');
  append_padded(text, in_day / 60000 % 60, 2);
  text.push_back(':');
  append_padded(text, in_day / 1000 % 60, 2);
  text.push_back('.');
  append_padded(text, in_day % 1000, 3);
  text.push_back('Z');
  return text;
}

}  // namespace throughline
