#include "throughline/base/text.h"

#include <cstring>

namespace throughline {

[[gnu::noinline]] bool operator==(Text a, Text b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

Text Text::substr(std::size_t at, std::size_t count) const {
  const std::size_t left = size() - at;
  return {data() + at, count < left ? count : left};
}

[[gnu::noinline]] bool Text::starts_with(Text other) const {
  return size() >= other.size() && Text{data(), other.size()} == other;
}

[[gnu::noinline]] bool Text::ends_with(Text other) const {
  return size() >= other.size() && Text{end() - other.size(), other.size()} == other;
}

std::size_t Text::find(Text other) const {
  for (std::size_t at = 0; at + other.size() <= size(); ++at) {
    if (Text{data() + at, other.size()} == other) return at;
  }
  return npos;
}

std::size_t Text::find(char c) const {
  std::size_t at = 0;
  while (at < size() && data()[at] != c) ++at;
  return at < size() ? at : npos;
}

std::size_t Text::rfind(char c) const {
  std::size_t at = size();
  while (at > 0 && data()[at - 1] != c) --at;
  return at - 1;
}

std::size_t Text::find_first_of(Text characters) const {
  std::size_t at = 0;
  while (at < size() && characters.find(data()[at]) == npos) ++at;
  return at < size() ? at : npos;
}

}  // namespace throughline
