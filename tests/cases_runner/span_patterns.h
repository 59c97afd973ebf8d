// What `ignoreSpans` of a case says, put into a filter of the core.
#pragma once

#include <string>

#include "cases_runner/families.h"
#include "throughline/export/span_filter.h"

namespace throughline::cases {

// A value as the host hands one in: what is neither text, number nor boolean as JSON, of which
// `text` keeps the text.
AttributeValue attribute_value(const Json& value, std::string& text);

// Whether one of them has a RegExp, which only a JavaScript host can test.
bool has_reg_exp(const Json& patterns);

void add_patterns(SpanFilter& filter, const Json& patterns);

}  // namespace throughline::cases
