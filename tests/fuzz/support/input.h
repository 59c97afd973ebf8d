// What a target of libFuzzer gets to eat, cut into the texts and numbers it needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "throughline/base/text.h"

namespace throughline::fuzz {

// A copy on the heap that is exactly as long as the text: reading past its end is an error that
// AddressSanitizer sees, and so is a view of it that lives on.
class HeapText {
 public:
  explicit HeapText(Text text) : size_(text.size()), bytes_(new char[size_]) {
    if (size_ != 0) std::memcpy(bytes_.get(), text.data(), size_);
  }
  operator Text() const { return {bytes_.get(), size_}; }
  const char* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> bytes_;
};

// Texts end at a byte 0xFF, which no UTF-8 has: a corpus stays readable and one is made by joining
// texts (.ci/lib/fuzz.mjs).
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : at_(reinterpret_cast<const char*>(data)), end_(at_ + size) {}

  bool done() const { return at_ == end_; }

  HeapText text() {
    const char* begin = at_;
    while (at_ != end_ && *at_ != kEnd) ++at_;
    const std::size_t size = static_cast<std::size_t>(at_ - begin);
    if (at_ != end_) ++at_;
    return HeapText({begin, size});
  }
  HeapText rest() {
    const char* begin = at_;
    at_ = end_;
    return HeapText({begin, static_cast<std::size_t>(end_ - begin)});
  }

  // 0 at the end.
  std::uint8_t byte() { return done() ? std::uint8_t{0} : static_cast<std::uint8_t>(*at_++); }
  unsigned below(unsigned count) { return byte() % count; }
  bool flag() { return (byte() & 1U) != 0; }
  double number() {
    std::uint8_t bytes[sizeof(double)];
    for (std::uint8_t& each : bytes) each = byte();
    double number = 0;
    std::memcpy(&number, bytes, sizeof(number));
    return number;
  }

 private:
  static constexpr char kEnd = '\xFF';

  const char* at_;
  const char* end_;
};

}  // namespace throughline::fuzz
