// Properties that a target of libFuzzer holds the core to.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "throughline/base/text.h"

namespace throughline::fuzz {

// Says what does not hold, and ends the process: libFuzzer then keeps the input.
inline void check(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

// Is `part` a view of `whole`?
inline bool lies_in(Text part, Text whole) {
  return part.empty() || (part.data() >= whole.data() && part.end() <= whole.end());
}

// Is it UTF-8? By the table in the Unicode Standard, section 3.9, not by what the core uses.
inline bool is_utf8(Text text) {
  const auto in = [](unsigned char byte, unsigned from, unsigned to) {
    return byte >= from && byte <= to;
  };
  std::size_t at = 0;
  const auto byte_at = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : (unsigned char){0};
  };
  while (at < text.size()) {
    const unsigned char lead = byte_at(at);
    std::size_t tail = 0;
    unsigned from = 0x80;
    unsigned to = 0xBF;
    if (lead <= 0x7F) {
      tail = 0;
    } else if (in(lead, 0xC2, 0xDF)) {
      tail = 1;
    } else if (in(lead, 0xE0, 0xEF)) {
      tail = 2;
      if (lead == 0xE0) from = 0xA0;
      if (lead == 0xED) to = 0x9F;
    } else if (in(lead, 0xF0, 0xF4)) {
      tail = 3;
      if (lead == 0xF0) from = 0x90;
      if (lead == 0xF4) to = 0x8F;
    } else {
      return false;
    }
    for (std::size_t i = 1; i <= tail; ++i) {
      if (!in(byte_at(at + i), i == 1 ? from : 0x80, i == 1 ? to : 0xBF)) return false;
    }
    at += tail + 1;
  }
  return true;
}

}  // namespace throughline::fuzz

// What libFuzzer calls for each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
