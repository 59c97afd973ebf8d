// Which spans `ignoreSpans` means.
#include "cases_runner/families.h"
#include "cases_runner/span_patterns.h"
#include "cases_runner/values.h"
#include "throughline/base/loss_counts.h"
#include "throughline/span/span_store.h"

namespace throughline::cases {

Outcome run_ignore_spans(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& patterns = member(in, "ignoreSpans");
  if (has_reg_exp(patterns)) return skip("needs a host for its RegExps");
  SpanFilter filter;
  add_patterns(filter, patterns);

  LossCounts losses;
  SpanStore store(losses, 1U << 20U);
  const Json& given = member(in, "span");
  SpanRecord& span = store.add_root(text_of(member(given, "description")))->span;
  TextArena& arena = span.root->arena;
  if (has(given, "op")) span.attributes.set_text(arena, "sentry.op", text_of(member(given, "op")));
  if (has(given, "attributes")) {
    for (const auto& [key, value] : member(given, "attributes").items()) {
      std::string text;
      span.attributes.set(arena, key, attribute_value(value, text));
    }
  }
  return compare(member(test_case, "out"), filter.matches(span));
}

}  // namespace throughline::cases
