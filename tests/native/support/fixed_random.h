// Randomness that a test knows beforehand.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throughline/base/random.h"

namespace throughline {

// Hands out the given words, most significant byte first, then 1, 2, 3 and so on, so that ids
// differ. Whoever asks for sixteen bytes takes two words.
class FixedRandom final : public Random {
 public:
  FixedRandom() = default;
  explicit FixedRandom(std::vector<std::uint64_t> words) : words_(std::move(words)) {}

  // The word from which draw_sample_rand makes `millionths` / 10^6: the smallest n for which
  // floor(n * 10^6 / 2^64) is that.
  static constexpr std::uint64_t sample_rand(std::uint32_t millionths) {
    constexpr std::uint64_t kMillion = 1000000;
    const std::uint64_t high = (std::uint64_t{millionths} << 32) / kMillion;
    const std::uint64_t rest = (std::uint64_t{millionths} << 32) % kMillion;
    return (high << 32) + ((rest << 32) + kMillion - 1) / kMillion;
  }

  void fill(std::span<std::uint8_t> bytes) override {
    std::uint64_t word = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (at % 8 == 0) word = next();
      bytes[at] = static_cast<std::uint8_t>(word >> (56 - at % 8 * 8));
    }
  }

 private:
  std::uint64_t next() { return used_ < words_.size() ? words_[used_++] : ++running_; }

  std::vector<std::uint64_t> words_;
  std::size_t used_ = 0;
  std::uint64_t running_ = 0;
};

}  // namespace throughline
