// What was lost and why, until a client report takes it along. Nothing is lost silently.
//
// Spec: envelope.md section 6.
#pragma once

#include <cstdint>

#include "throughline/base/list.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"

namespace throughline {

struct Loss {
  // `reason` as in the table of envelope.md section 6, `category` a data category of section 7.1.
  Text reason;
  Text category;
  std::uint32_t quantity = 0;
};

class LossCounts {
 public:
  // Both texts are copied.
  void add_named(Text reason, Text category, std::uint32_t quantity);
  // The same for literals, which nearly all are.
  void add(const char* reason, const char* category, std::uint32_t quantity = 1) {
    add_named(reason, category, quantity);
  }

  bool empty() const { return losses_.empty(); }
  const List<Loss>& all() const { return losses_; }
  void clear() {
    losses_.clear();
    names_.clear();
  }

 private:
  List<Loss> losses_;
  TextArena names_;
};

}  // namespace throughline
