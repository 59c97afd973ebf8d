#include "throughline/wire/traceparent.h"

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

// Of the version 00 form, which every later version begins with.
constexpr std::size_t kLength = 55;
constexpr std::size_t kTraceIdAt = 3;
constexpr std::size_t kParentIdAt = 36;
constexpr std::size_t kFlagsAt = 53;

}  // namespace

std::optional<Traceparent> parse_traceparent(Text text) {
  text = trim_blanks(text);
  if (text.size() < kLength) return std::nullopt;
  const auto read = [&](std::size_t at, std::uint8_t* bytes, std::size_t size) {
    // Every field but the first follows a dash.
    return (at == 0 || text[at - 1] == '-') && parse_hex(text.substr(at, size * 2), bytes, size);
  };
  Traceparent found;
  if (!read(0, &found.version, 1) || !read(kTraceIdAt, found.trace_id.bytes.data(), 16) ||
      !read(kParentIdAt, found.parent_id.bytes.data(), 8) || !read(kFlagsAt, &found.flags, 1)) {
    return std::nullopt;
  }
  if (found.version == 0xFF || found.trace_id.is_zero() || found.parent_id.is_zero()) {
    return std::nullopt;
  }
  Text more = text.substr(kLength);
  if (more.empty()) return found;
  // A later version may go on after a dash; a comma joins two headers.
  if (found.version == 0 || more.front() != '-') return std::nullopt;
  if (cut(more, ',').size() != text.size() - kLength) return std::nullopt;
  return found;
}

String format_traceparent(const TraceId& trace_id, const SpanId& span_id,
                          std::optional<bool> sampled, bool random) {
  String text{"00-"};
  append_hex(text, trace_id);
  text.push_back('-');
  append_hex(text, span_id);
  text.append("-0");
  text.push_back(static_cast<char>('0' + (sampled.value_or(false) ? 1 : 0) + (random ? 2 : 0)));
  return text;
}

}  // namespace throughline
