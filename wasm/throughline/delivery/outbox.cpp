#include "throughline/delivery/outbox.h"

namespace throughline {
namespace {

constexpr std::size_t kMaxPending = 40;
// Browsers refuse keepalive bodies above 64 KiB in flight, over all requests of the page.
constexpr std::size_t kMaxKeepaliveBytes = 60000;
constexpr std::size_t kMaxKeepaliveRequests = 15;

}  // namespace

bool Outbox::has_room(std::string_view category) {
  if (pending_.size() < kMaxPending) return true;
  if (!category.empty()) losses_.add("queue_overflow", category);
  return false;
}

Outbox::Ticket Outbox::add(std::size_t bytes, std::string_view category) {
  std::size_t in_flight = bytes;
  for (const Pending& pending : pending_) in_flight += pending.bytes;
  pending_.push_back({++last_id_, bytes, category});
  return {last_id_,
          in_flight <= kMaxKeepaliveBytes && pending_.size() < kMaxKeepaliveRequests};
}

void Outbox::settled(std::uint32_t id, int status) {
  for (auto it = pending_.begin(); it != pending_.end(); ++it) {
    if (it->id != id) continue;
    if (!it->category.empty()) {
      if (status == 0) losses_.add("network_error", it->category);
      if (status == 413) losses_.add("send_error", it->category);
    }
    pending_.erase(it);
    return;
  }
}

}  // namespace throughline
