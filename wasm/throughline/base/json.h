// Writes JSON (RFC 8259). Payloads are written member by member, so that ready JSON text of the
// host can stand between values of ours (design.md decision 14). Ill-formed UTF-8 becomes U+FFFD.
//
// Numbers have at most six decimals, whole ones none: right for timestamps, lossy below 1e-6.
// What they cannot hold is handed in as ready text by whoever has it.
//
// Our own: the escaping of nlohmann/json, all that was used of it, takes 0.5 KB brotli more than
// what the percent coder next door has already (design.md decision 4, the budget). The tests read
// with that library what is written here.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/id/ids.h"

namespace throughline {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive the writer. Views handed in may not lie in `out`.
  explicit JsonWriter(String& out) : out_(out) {}

  JsonWriter& open_object();
  JsonWriter& close_object();
  JsonWriter& open_array();
  JsonWriter& close_array();
  JsonWriter& key(Text key);
  // Of a literal of ours, which needs no escaping: most of what is written are such keys.
  JsonWriter& key(const char* literal);

  JsonWriter& value(Text text);
  JsonWriter& value(double number);
  JsonWriter& value(bool boolean);
  // The hex text of an id, of 8 or 16 bytes.
  JsonWriter& hex(const std::uint8_t* bytes, std::size_t size);
  // One complete JSON value, written by somebody else.
  JsonWriter& raw(Text json);
  template <std::size_t N, typename Tag>
  JsonWriter& value(const Id<N, Tag>& id) {
    return hex(id.bytes.data(), N);
  }
  // A literal would otherwise be taken for a bool.
  JsonWriter& value(const char* text) { return value(Text{text}); }

  // Names of members are literals as a rule: one pointer at each call, not two numbers.
  JsonWriter& member(const char* name, Text text);
  JsonWriter& member(const char* name, double number);
  JsonWriter& member(const char* name, const char* text);
  template <std::size_t N, typename Tag>
  JsonWriter& member(const char* name, const Id<N, Tag>& id) {
    return key(name).hex(id.bytes.data(), N);
  }
  JsonWriter& member(const char* name, bool) = delete;
  // Opens the object (array) that is the value of a member.
  JsonWriter& object(const char* name);
  JsonWriter& array(const char* name);
  // Left out when empty.
  JsonWriter& text_if_any(const char* name, Text text);

 private:
  void separate();

  String& out_;
};

}  // namespace throughline
