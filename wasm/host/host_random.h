// Random bytes that a JavaScript host filled in beforehand: the core never calls out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "throughline/base/random.h"

namespace throughline {

class HostRandom final : public Random {
 public:
  // What one event may use at the most is far below the rest at which a refill is asked for.
  static constexpr std::size_t kBytes = 1024;
  static constexpr std::size_t kLow = 256;

  // The host writes all of it, then calls `refilled`.
  std::uint8_t* pool() { return pool_.data(); }
  void refilled() { used_ = 0; }
  bool low() const { return kBytes - used_ < kLow; }

  // Should a host never refill, ids stay distinct: each byte used again is changed first.
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) {
      if (used_ == kBytes) used_ = 0;
      byte = pool_[used_];
      pool_[used_] = static_cast<std::uint8_t>(byte * 5 + ++turns_);
      ++used_;
    }
  }

 private:
  std::array<std::uint8_t, kBytes> pool_{};
  std::size_t used_ = 0;
  std::uint32_t turns_ = 0;
};

}  // namespace throughline
