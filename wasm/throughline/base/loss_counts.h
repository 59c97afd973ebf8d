// What was lost and why, until a client report takes it along. Nothing is lost silently.
//
// Spec: envelope.md section 6.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace throughline {

struct Loss {
  // Both are literals: `reason` as in the table of envelope.md section 6, `category` a data
  // category of section 7.1.
  std::string_view reason;
  std::string_view category;
  std::uint32_t quantity = 0;
};

class LossCounts {
 public:
  void add(std::string_view reason, std::string_view category, std::uint32_t quantity = 1) {
    if (quantity == 0) return;
    for (Loss& loss : losses_) {
      if (loss.reason == reason && loss.category == category) {
        loss.quantity += quantity;
        return;
      }
    }
    losses_.push_back({reason, category, quantity});
  }

  bool empty() const { return losses_.empty(); }
  const std::vector<Loss>& all() const { return losses_; }
  void clear() { losses_.clear(); }

 private:
  std::vector<Loss> losses_;
};

}  // namespace throughline
