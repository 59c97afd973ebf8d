// Attribute values with their types, as spans of version 2 carry them.
//
// Spec: envelope.md section 8.
#pragma once

#include <algorithm>
#include <cstddef>

#include "throughline/base/json.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/span/attribute.h"

namespace throughline {

// `{"value":…,"type":…}` as JSON, with `unit` where the value is an object that has both. Empty for
// what has no type: null, other objects.
[[nodiscard]] String typed_value(const AttributeValue& value);

// Where the JSON value at the start of `text` ends.
[[nodiscard]] std::size_t end_of_value(Text text);

// Calls `visit(key, value)` for the members of a JSON object without white space between tokens, as
// JSON.stringify writes one. Both are JSON text, the key with the colon behind it. What is no
// object has no members.
template <typename Visit>
void each_member(Text object, const Visit& visit) {
  if (!object.starts_with('{')) return;
  object.remove_prefix(1);
  while (object.starts_with('"')) {
    const std::size_t key_end = std::min(end_of_value(object) + 1, object.size());
    const Text key = object.substr(0, key_end);
    object.remove_prefix(key_end);
    const std::size_t value_end = end_of_value(object);
    visit(key, object.substr(0, value_end));
    object.remove_prefix(std::min(value_end + 1, object.size()));
  }
}

}  // namespace throughline
