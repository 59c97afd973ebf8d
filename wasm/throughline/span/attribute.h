// Attributes of spans: typed values in a list, in the order in which keys were first set.
//
// Spec: spans.md sections 1 and 4.
#pragma once

#include <cstdint>

#include "throughline/base/json.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"

namespace throughline {

enum class AttributeType : std::uint8_t {
  None,  // deletes the key
  Text,
  Number,
  Boolean,
  Json,  // ready JSON text made by the host: arrays, objects, numbers beyond six decimals
};

struct AttributeValue {
  AttributeType type = AttributeType::None;
  Text text{};
  double number = 0;  // also a boolean: 0 or 1

  static AttributeValue of(Text text) { return {AttributeType::Text, text, 0}; }
  static AttributeValue of(double number) { return {AttributeType::Number, {}, number}; }
};

// As callers hand one in; texts are copied.
struct AttributeInput {
  Text key;
  AttributeValue value;
};

struct Attribute {
  Text key;
  AttributeValue value;
  std::uint32_t room = 0;  // bytes at value.text.data() that may be written over
  Attribute* next = nullptr;
};

class AttributeList {
 public:
  // Sets, replaces in place or (type None) deletes. A new text takes the old one's room where
  // it fits, so that an attribute set again and again does not grow the arena.
  void set(TextArena& arena, Text key, const AttributeValue& value);
  void set_text(TextArena& arena, const char* key, Text text);
  // Null when there is none.
  const AttributeValue* find(Text key) const;
  // Empty when there is none or it is no text.
  Text text(Text key) const;
  const Attribute* first() const { return first_; }

 private:
  Attribute* first_ = nullptr;
};

void write_attribute_value(JsonWriter& json, const AttributeValue& value);
// As members of the object that is open.
void write_attributes(JsonWriter& json, const AttributeList& attributes);

}  // namespace throughline
