#include "throughline/export/span_filter.h"

#include "throughline/request/request_span.h"

namespace throughline {
void SpanFilter::clear() {
  patterns_.clear();
  texts_.clear();
  asks_host_ = false;
}

void SpanFilter::add(Text name, Text op, std::span<const AttributeInput> attributes) {
  if (name.empty() && op.empty() && attributes.empty()) return;
  Pattern pattern{texts_.copy(name), texts_.copy(op), {}};
  for (const AttributeInput& given : attributes) {
    pattern.attributes.set(texts_, given.key, given.value);
  }
  patterns_.push_back(pattern);
}

bool SpanFilter::matches(const SpanRecord& span) const {
  if (span.ignored || patterns_.empty()) return span.ignored;
  const String name = span_name(span);
  const Text op = attribute_text(span, "sentry.op");
  for (const Pattern& pattern : patterns_) {
    // Nothing is part of every text, even of one that is not there.
    bool all = Text{name}.find(pattern.name) != Text::npos && op.find(pattern.op) != Text::npos;
    for (const Attribute* part = pattern.attributes.first(); all && part != nullptr;
         part = part->next) {
      all = has_attribute_like(span, part->key, part->value);
    }
    if (all) return true;
  }
  return false;
}

}  // namespace throughline
