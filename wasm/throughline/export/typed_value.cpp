#include "throughline/export/typed_value.h"

#include <algorithm>
#include <cmath>

namespace throughline {
namespace {

// Whether JSON text is a whole number that a signed one of 64 bits holds.
bool is_integer(Text number) {
  const Text largest = "9223372036854775807";
  if (number.starts_with('-')) number.remove_prefix(1);
  if (number.find_first_of(".eE") != Text::npos) return false;
  if (number.size() != largest.size()) return number.size() < largest.size();
  return !std::lexicographical_compare(largest.begin(), largest.end(), number.begin(),
                                       number.end());
}

// Empty: none.
const char* type_of(Text json) {
  if (json.empty()) return "";
  switch (json.front()) {
    case '"':
      return "string";
    case '[':
      return "array";
    case 't':
    case 'f':
      return "boolean";
    case 'n':
    case '{':
      return "";
    default:
      return is_integer(json) ? "integer" : "double";
  }
}

const char* type_of(const AttributeValue& value) {
  if (value.type == AttributeType::Text) return "string";
  if (value.type == AttributeType::Boolean) return "boolean";
  if (value.type == AttributeType::Json) return type_of(value.text);
  if (!std::isfinite(value.number)) return "";
  const bool whole = std::trunc(value.number) == value.number;
  return whole && std::abs(value.number) < 9223372036854775808.0 ? "integer" : "double";
}

}  // namespace

std::size_t end_of_value(Text text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') {
        ++at;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      --depth;
    } else if (depth == 0 && (c == ',' || c == ':')) {
      return at;
    }
  }
  return text.size();
}

String typed_value(const AttributeValue& value) {
  AttributeValue inner = value;
  Text unit;
  if (value.type == AttributeType::Json) {
    each_member(value.text, [&](Text key, Text member) {
      if (key == "\"value\":") inner.text = member;
      if (key == "\"unit\":") unit = member;
    });
  }
  String text;
  const Text type{type_of(inner)};
  if (type.empty()) return text;
  JsonWriter json(text);
  json.open_object().key("value");
  write_attribute_value(json, inner);
  json.member("type", type);
  if (unit.starts_with('"')) json.key("unit").raw(unit);
  json.close_object();
  return text;
}

}  // namespace throughline
