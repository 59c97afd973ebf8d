// The source of random bytes, handed to whoever makes ids or draws a sample_rand.
#pragma once

#include <cstdint>
#include <span>

namespace throughline {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

}  // namespace throughline
