#include "cases_runner/span_patterns.h"

#include <cmath>
#include <vector>

#include "cases_runner/values.h"

namespace throughline::cases {

AttributeValue attribute_value(const Json& value, std::string& text) {
  // Larger ones a host hands in as JSON.
  const std::optional<double> number = number_of(value);
  if (number && std::abs(*number) < 1e9) return AttributeValue::of(*number);
  if (value.is_boolean()) return {AttributeType::Boolean, {}, value == true ? 1.0 : 0.0};
  text = value.is_string() ? text_of(value) : value.dump();
  if (value.is_string()) return AttributeValue::of(std::string_view{text});
  return {has(value, "js") ? AttributeType::None : AttributeType::Json, text, 0};
}

bool has_reg_exp(const Json& patterns) {
  return patterns.dump().find("\"regex\"") != std::string::npos;
}

void add_patterns(SpanFilter& filter, const Json& patterns) {
  for (const Json& pattern : patterns) {
    const std::string name = text_of(pattern.is_string() ? pattern : member(pattern, "name"));
    const std::string op = text_of(member(pattern, "op"));
    const Json& parts = member(pattern, "attributes");
    std::vector<std::string> texts(parts.size());
    std::vector<AttributeInput> attributes;
    if (parts.is_object()) {
      for (const auto& [key, value] : parts.items()) {
        attributes.push_back({key, attribute_value(value, texts[attributes.size()])});
      }
    }
    filter.add(name, op, attributes);
  }
}

}  // namespace throughline::cases
