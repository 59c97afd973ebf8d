#include "throughline/delivery/outbox.h"

namespace throughline {
namespace {

// Browsers refuse keepalive bodies above 64 KiB in flight, over all requests of the page.
constexpr std::size_t kMaxKeepaliveBytes = 60000;
constexpr std::size_t kMaxKeepaliveRequests = 15;

}  // namespace

bool Outbox::has_room(const char* category) {
  const double wanted = options_.buffer_size;
  const double limit = wanted < 0 ? max_pending_ : wanted;
  if (static_cast<double>(pending_.size()) < limit) return true;
  if (category != nullptr) losses_.add("queue_overflow", category);
  return false;
}

std::uint32_t Outbox::add(const char* category, std::uint32_t count) {
  pending_.push_back({++last_id_, 0, category, count});
  return last_id_;
}

bool Outbox::weigh(std::uint32_t id, std::size_t bytes) {
  std::size_t in_flight = 0;
  for (Pending& pending : pending_) {
    if (pending.id == id) pending.bytes = bytes;
    in_flight += pending.bytes;
  }
  return in_flight <= kMaxKeepaliveBytes && pending_.size() < kMaxKeepaliveRequests;
}

void Outbox::settled(std::uint32_t id, int status, std::uint32_t spans) {
  losses_.add("before_send", "span", spans);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Pending& pending = pending_[i];
    if (pending.id != id) continue;
    if (pending.category != nullptr) {
      const char* reason = status == kNoResponse           ? "network_error"
                           : status == kDroppedByHook      ? "before_send"
                           : status == kDroppedByProcessor ? "event_processor"
                           : status == 413                 ? "send_error"
                                                           : nullptr;
      if (reason != nullptr) losses_.add(reason, pending.category, pending.count);
    }
    pending_.erase_at(i);
    return;
  }
}

}  // namespace throughline
