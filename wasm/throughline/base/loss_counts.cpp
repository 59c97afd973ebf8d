#include "throughline/base/loss_counts.h"

namespace throughline {

void LossCounts::add(const char* reason, const char* category, std::uint32_t quantity) {
  if (quantity == 0) return;
  for (Loss& loss : losses_) {
    if (loss.reason != reason || loss.category != category) continue;
    loss.quantity += quantity;
    return;
  }
  losses_.push_back({reason, category, quantity});
}

}  // namespace throughline
