// What is known of the URL texts that were requested: the host's answers and the decision.
//
// Bounded: two generations of entries, of which the older one goes as a whole when the newer one
// is full, and a table of fixed size, where a newer text may take the place of another. Long
// texts are not kept, but for one, until another text is looked up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "throughline/base/reason.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"

namespace throughline {

struct Remembered {
  static constexpr int kNotAsked = -2;

  Text text;
  Text resolved;
  std::uint32_t hash = 0;
  Reason reason = Reason::None;  // None: not decided yet
  int pattern = kNotAsked;       // until then: the host's answer
  bool resolved_known = true;
  bool from_host = false;  // `resolved`: it depends on the base
  unsigned generation = 0;
};

class RememberedTable {
 public:
  // Null if nothing is known. What is returned holds until the next call.
  Remembered* find(Text text);
  // A new entry for a text that resolves to itself behind `prefix`, or to `resolved`. Of the
  // text's former one only an answer about patterns stays.
  Remembered& add_prefixed(Text text, Text prefix);
  Remembered& add(Text text, Text resolved);

  void forget_all();
  // Those whose resolved text the host made.
  void forget_from_host();

 private:
  static constexpr std::size_t kSlots = 256;
  static constexpr std::size_t kTries = 4;           // slots a text may be in
  static constexpr std::size_t kMaxEntry = 1024;     // bytes; beyond it a text is a long one
  static constexpr std::size_t kGeneration = 16384;  // bytes: some 150 texts

  Remembered** find_slot(Text text, std::uint32_t hash);
  Remembered** choose_slot(std::uint32_t hash);
  void start_generation();
  void forget_long();

  std::array<Remembered*, kSlots> slots_{};
  std::array<TextArena, 2> generations_;
  unsigned current_ = 0;
  std::size_t used_ = 0;    // bytes of the current one
  std::size_t victim_ = 0;  // counts through the tries
  TextArena long_texts_;
  Remembered* long_ = nullptr;
};

}  // namespace throughline
