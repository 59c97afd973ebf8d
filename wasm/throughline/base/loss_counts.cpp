#include "throughline/base/loss_counts.h"

namespace throughline {

void LossCounts::add_named(Text reason, Text category, std::uint32_t quantity) {
  if (quantity == 0) return;
  for (Loss& loss : losses_) {
    if (loss.reason != reason || loss.category != category) continue;
    loss.quantity += quantity;
    return;
  }
  losses_.push_back({names_.copy(reason), names_.copy(category), quantity});
}

}  // namespace throughline
