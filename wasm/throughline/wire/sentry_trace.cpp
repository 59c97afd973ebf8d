#include "throughline/wire/sentry_trace.h"

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

constexpr std::size_t kTraceIdDigits = 32;
constexpr std::size_t kSpanIdDigits = 16;

void skip_dash(Text& text) {
  if (text.starts_with('-')) text.remove_prefix(1);
}

}  // namespace

// The grammar has every part optional, the dashes too, yet reading from left to right never has
// to go back: what may follow the span id is shorter than a span id.
std::optional<RemoteParent> parse_sentry_trace(Text text) {
  text = trim_blanks(text);
  RemoteParent parent;
  const std::optional<TraceId> trace_id = parse_trace_id(text.substr(0, kTraceIdDigits));
  if (!trace_id || trace_id->is_zero()) return std::nullopt;
  parent.trace_id = *trace_id;
  text.remove_prefix(kTraceIdDigits);

  skip_dash(text);
  const std::optional<SpanId> span_id = parse_span_id(text.substr(0, kSpanIdDigits));
  if (span_id) {
    if (span_id->is_zero()) return std::nullopt;
    parent.span_id = *span_id;
    text.remove_prefix(kSpanIdDigits);
  }

  skip_dash(text);
  if (text.empty()) return parent;
  const char flag = text.front();
  if (text.size() > 1 || (flag != '0' && flag != '1')) return std::nullopt;
  parent.sampled = flag == '1';
  return parent;
}

String format_sentry_trace(const TraceId& trace_id, const SpanId& span_id,
                           std::optional<bool> sampled) {
  String text;
  append_hex(text, trace_id);
  text.push_back('-');
  append_hex(text, span_id);
  if (sampled) text.append(*sampled ? "-1" : "-0");
  return text;
}

}  // namespace throughline
