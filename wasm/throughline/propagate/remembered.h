// What is known of the URL texts that were requested: the host's answers and the decision.
//
// A table of fixed size: where texts want the same place, the oldest goes. Bounded in bytes too:
// long texts are not kept, but for one, until another text is looked up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "throughline/base/reason.h"

namespace throughline {

struct Remembered {
  static constexpr int kNotAsked = -2;

  bool used = false;
  bool resolved_known = true;
  bool from_host = false;        // `resolved`: it depends on the base
  Reason reason = Reason::None;  // None: not decided yet
  int pattern = kNotAsked;       // until then: the host's answer
  std::uint32_t hash = 0;
  std::size_t text_size = 0;
  std::size_t resolved_size = 0;
  // The resolved text, followed by the text as written unless it ends with that one.
  std::string texts;

  std::string_view text() const { return {texts.data() + (texts.size() - text_size), text_size}; }
  std::string_view resolved() const { return {texts.data(), resolved_size}; }
};

class RememberedTable {
 public:
  // Of both texts of an entry. The whole table stays below 128 KiB.
  static constexpr std::size_t kMaxBytes = 448;

  // Null if nothing is known. What is returned holds until the next call.
  Remembered* find(std::string_view text);
  // A new entry for a text that resolves to itself behind `prefix`, or to `resolved`. Of the
  // text's former one only an answer about patterns stays.
  Remembered& add_prefixed(std::string_view text, std::string_view prefix);
  Remembered& add(std::string_view text, std::string_view resolved);

  void forget_all();
  // Those whose resolved text the host made.
  void forget_from_host();

 private:
  static constexpr std::size_t kSets = 64;
  static constexpr std::size_t kWays = 4;

  Remembered* find(std::string_view text, std::uint32_t hash);

  std::array<Remembered, kSets * kWays> entries_;
  std::array<std::uint8_t, kSets> oldest_{};  // in each set
  Remembered long_;
};

}  // namespace throughline
