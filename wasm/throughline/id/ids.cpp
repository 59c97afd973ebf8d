#include "throughline/id/ids.h"

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

// RFC 9562, section 5.4: which bits of a version 4 UUID are not random.
void set_variant(std::uint8_t& ninth) { ninth = static_cast<std::uint8_t>((ninth & 0x3F) | 0x80); }

void make_uuid(Random& random, std::array<std::uint8_t, 16>& bytes) {
  random.fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  set_variant(bytes[8]);
}

}  // namespace

TraceId make_trace_id(Random& random) {
  TraceId id;
  make_uuid(random, id.bytes);
  return id;
}

EventId make_event_id(Random& random) {
  EventId id;
  make_uuid(random, id.bytes);
  return id;
}

SpanId make_span_id(Random& random) {
  SpanId id;
  random.fill(id.bytes);
  set_variant(id.bytes[0]);
  return id;
}

bool parse_hex(Text text, std::uint8_t* bytes, std::size_t size) {
  if (text.size() != size * 2) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int value = hex_value(text[at]);
    if (value < 0 || is_upper(text[at])) return false;
    std::uint8_t& byte = bytes[at / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | value);
  }
  return true;
}

std::optional<TraceId> parse_trace_id(Text text) {
  TraceId id;
  if (!parse_hex(text, id.bytes.data(), id.bytes.size())) return std::nullopt;
  return id;
}

std::optional<SpanId> parse_span_id(Text text) {
  SpanId id;
  if (!parse_hex(text, id.bytes.data(), id.bytes.size())) return std::nullopt;
  return id;
}

void append_hex(String& out, const std::uint8_t* bytes, std::size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  const std::size_t old_size = out.size();
  out.resize(old_size + 2 * size);
  char* to = out.data() + old_size;
  for (std::size_t at = 0; at < size; ++at) {
    *to++ = kDigits[bytes[at] >> 4];
    *to++ = kDigits[bytes[at] & 15];
  }
}

}  // namespace throughline
