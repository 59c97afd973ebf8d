#include "throughline/span/attribute.h"

#include <cstring>
#include <new>

namespace throughline {

void AttributeList::set(TextArena& arena, Text key, const AttributeValue& value) {
  Attribute** place = &first_;
  while (*place != nullptr && (*place)->key != key) place = &(*place)->next;
  Attribute* attribute = *place;
  if (value.type == AttributeType::None) {
    if (attribute != nullptr) *place = attribute->next;
    return;
  }
  if (attribute == nullptr) {
    attribute = new (arena.allocate(sizeof(Attribute))) Attribute;
    attribute->key = arena.copy(key);
    *place = attribute;
  }
  const Text old_room{attribute->value.text.data(), attribute->room};
  attribute->value = value;
  attribute->value.text = {};
  const std::size_t size = value.text.size();
  if (size == 0) {
    attribute->value.text = {old_room.data(), 0};
    return;
  }
  if (size <= old_room.size()) {
    // The arena's memory is ours to write; views of it are handed out as const.
    std::memmove(const_cast<char*>(old_room.data()), value.text.data(), size);
    attribute->value.text = {old_room.data(), size};
    return;
  }
  attribute->value.text = arena.copy(value.text);
  attribute->room = static_cast<std::uint32_t>(size);
}

void AttributeList::set_text(TextArena& arena, const char* key, Text text) {
  set(arena, key, AttributeValue::of(text));
}

const AttributeValue* AttributeList::find(Text key) const {
  for (const Attribute* attribute = first_; attribute != nullptr; attribute = attribute->next) {
    if (attribute->key == key) return &attribute->value;
  }
  return nullptr;
}

Text AttributeList::text(Text key) const {
  const AttributeValue* value = find(key);
  return value != nullptr && value->type == AttributeType::Text ? value->text : Text{};
}

void write_attribute_value(JsonWriter& json, const AttributeValue& value) {
  if (value.type == AttributeType::Text) {
    json.value(value.text);
  } else if (value.type == AttributeType::Number) {
    json.value(value.number);
  } else if (value.type == AttributeType::Boolean) {
    json.value(value.number != 0);
  } else {
    json.raw(value.text);
  }
}

void write_attributes(JsonWriter& json, const AttributeList& attributes) {
  for (const Attribute* set = attributes.first(); set != nullptr; set = set->next) {
    json.key(set->key);
    write_attribute_value(json, set->value);
  }
}

}  // namespace throughline
