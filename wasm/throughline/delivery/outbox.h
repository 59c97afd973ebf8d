// What is on its way: how many requests and bytes, and what is lost when one fails.
//
// Spec: envelope.md sections 6 and 7.
#pragma once

#include <cstddef>
#include <cstdint>

#include "throughline/base/list.h"
#include "throughline/base/loss_counts.h"
#include "throughline/config/options.h"

namespace throughline {

class Outbox {
 public:
  // @param max_pending as many may be under way where the options do not say
  Outbox(LossCounts& losses, const ClientOptions& options, std::size_t max_pending)
      : losses_(losses), options_(options), max_pending_(static_cast<double>(max_pending)) {}

  // Whether one more request may be under way. If not, what would have been in it is counted as
  // lost. `category` is a literal; null for a client report, whose loss is not counted.
  bool has_room(const char* category);
  // `count`: as many of that category are in it. Returns its number, never 0.
  std::uint32_t add(const char* category, std::uint32_t count = 1);
  // It is about to leave, in that many bytes. Returns whether it may outlive the page.
  bool weigh(std::uint32_t id, std::size_t bytes);
  // What `status` may be instead of that of a response.
  enum : int {
    kNoResponse = 0,
    kDroppedByHook = -1,       // beforeSendTransaction; nothing was sent
    kDroppedByProcessor = -2,  // an event processor, or ignoreTransactions
  };
  // `spans`: as many were taken out of a payload by a hook; `id` 0: that is all there is to tell.
  void settled(std::uint32_t id, int status, std::uint32_t spans = 0);
  bool empty() const { return pending_.empty(); }

 private:
  struct Pending {
    std::uint32_t id;
    std::size_t bytes;
    const char* category;
    std::uint32_t count;
  };

  LossCounts& losses_;
  const ClientOptions& options_;
  double max_pending_;
  List<Pending> pending_;
  std::uint32_t last_id_ = 0;
};

}  // namespace throughline
