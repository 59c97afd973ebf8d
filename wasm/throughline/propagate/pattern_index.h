// Which of many texts occurs in another one, at a cost that hardly grows with their number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"
#include "throughline/config/options.h"

namespace throughline {

// Of each text the three characters that are rarest among all texts are looked up in a table;
// the subject is walked once and only texts whose three characters stand there are compared.
class PatternIndex {
 public:
  // Host-side patterns are not indexed; the others keep their place in the list. The texts must
  // hold until the next call.
  void build(std::span<const Pattern> patterns);

  // Lowest place of a text that occurs in `subject`, -1 if none does. An empty one always does.
  [[nodiscard]] int first_in(Text subject) const;

 private:
  struct Entry {
    Text text;
    std::uint32_t key = 0;   // the three characters
    std::size_t offset = 0;  // where they stand in `text`
    std::size_t slot = 0;
    int next = 0;  // in the same slot
  };

  TextArena arena_;
  Entry* entries_ = nullptr;
  int* slots_ = nullptr;  // first entry of each; the last one has the texts that are too short
};

}  // namespace throughline
