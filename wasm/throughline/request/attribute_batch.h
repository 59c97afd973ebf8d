// The attributes of a span that is about to start, collected before its start.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "throughline/base/text.h"
#include "throughline/span/attribute.h"

namespace throughline {

class AttributeBatch {
 public:
  // Keys are literals, texts must hold until the span started. What says nothing (an empty text, a
  // number below 0) is left out, and what is more than there is room for.
  void add(const char* key, Text text) {
    if (!text.empty()) put({key, AttributeValue::of(text)});
  }
  void add(const char* key, double number) {
    if (number >= 0) put({key, AttributeValue::of(number)});
  }
  void add_true(const char* key) { put({key, {AttributeType::Boolean, {}, 1}}); }

  std::span<const AttributeInput> all() const { return {all_.data(), count_}; }

 private:
  void put(const AttributeInput& attribute) {
    if (count_ < all_.size()) all_[count_++] = attribute;
  }

  std::array<AttributeInput, 32> all_;
  std::size_t count_ = 0;
};

}  // namespace throughline
