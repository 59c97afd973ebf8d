// Trace, span and event ids: bytes inside, lower-case hex on the wire.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "throughline/base/random.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// Identifier bytes in printing order. All zero means "no id". The tag keeps a span id from
// being passed where a trace id is meant.
template <std::size_t N, typename Tag>
struct Id {
  std::array<std::uint8_t, N> bytes{};

  constexpr bool is_zero() const { return *this == Id{}; }
  friend constexpr bool operator==(const Id&, const Id&) = default;
};

using TraceId = Id<16, struct TraceIdTag>;
using SpanId = Id<8, struct SpanIdTag>;
using EventId = Id<16, struct EventIdTag>;

// 16 random bytes in the layout of a version 4 UUID. Never all zero (RFC 9562, section 5.4).
TraceId make_trace_id(Random& random);
EventId make_event_id(Random& random);
// The last eight bytes of such a UUID: the variant bits are in the first of them.
SpanId make_span_id(Random& random);

// Exactly 32 (16) lower-case hex digits, else nothing. All zeros are read as the zero id.
std::optional<TraceId> parse_trace_id(Text text);
std::optional<SpanId> parse_span_id(Text text);

// Reads `text`, exactly two lower-case hex digits for each of `size` bytes. When it returns
// false, some of the bytes may have been written.
[[nodiscard]] bool parse_hex(Text text, std::uint8_t* bytes, std::size_t size);
void append_hex(String& out, const std::uint8_t* bytes, std::size_t size);

template <std::size_t N, typename Tag>
void append_hex(String& out, const Id<N, Tag>& id) {
  append_hex(out, id.bytes.data(), N);
}

template <std::size_t N, typename Tag>
String to_hex(const Id<N, Tag>& id) {
  String text;
  append_hex(text, id);
  return text;
}

}  // namespace throughline
