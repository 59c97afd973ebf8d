#include "throughline/base/json.h"

#include <cmath>
#include <cstdint>
#include <cstring>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

// Fixed point with up to six decimals: the shortest text of any double takes 1.8 KB brotli.
void append_number(String& out, double value) {
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  // Above this no double has decimals, and beyond 2^64 there is nothing of ours to write.
  constexpr double kLargest = 18446744073709549568.0;
  if (value > kLargest) value = kLargest;
  std::uint64_t whole = static_cast<std::uint64_t>(value);
  std::uint32_t millionths =
      static_cast<std::uint32_t>((value - static_cast<double>(whole)) * 1e6 + 0.5);
  if (millionths >= 1000000) {
    millionths = 0;
    ++whole;
  }
  append_unsigned(out, whole);
  if (millionths == 0) return;
  out.push_back('.');
  for (std::uint32_t unit = 100000; millionths != 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + millionths / unit));
    millionths %= unit;
  }
}

}  // namespace

// A value follows a comma unless something was just opened: no value ends in these characters.
void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':' && last != '\n') out_.push_back(',');
}

JsonWriter& JsonWriter::raw(Text json) {
  separate();
  out_.append(json);
  return *this;
}

JsonWriter& JsonWriter::open_object() { return raw("{"); }
JsonWriter& JsonWriter::open_array() { return raw("["); }

JsonWriter& JsonWriter::close_object() {
  out_.push_back('}');
  return *this;
}

JsonWriter& JsonWriter::close_array() {
  out_.push_back(']');
  return *this;
}

JsonWriter& JsonWriter::key(Text key) {
  value(key);
  out_.push_back(':');
  return *this;
}

// In one piece: most of what is written are these.
JsonWriter& JsonWriter::key(const char* literal) {
  separate();
  const Text name{literal};
  const std::size_t at = out_.size();
  out_.resize(at + name.size() + 3);
  char* to = out_.data() + at;
  *to++ = '"';
  std::memcpy(to, name.data(), name.size());
  to += name.size();
  *to++ = '"';
  *to = ':';
  return *this;
}

JsonWriter& JsonWriter::value(Text text) {
  raw("\"");
  append_json_text(out_, text);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  if (std::isfinite(number)) {
    append_number(out_, number);
  } else {
    out_.append("null");
  }
  return *this;
}

JsonWriter& JsonWriter::hex(const std::uint8_t* bytes, std::size_t size) {
  raw("\"");
  append_hex(out_, bytes, size);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::member(const char* name, Text text) { return key(name).value(text); }

JsonWriter& JsonWriter::member(const char* name, const char* text) {
  return key(name).value(Text{text});
}

JsonWriter& JsonWriter::member(const char* name, double number) { return key(name).value(number); }

JsonWriter& JsonWriter::object(const char* name) { return key(name).open_object(); }

JsonWriter& JsonWriter::array(const char* name) { return key(name).open_array(); }

JsonWriter& JsonWriter::text_if_any(const char* name, Text text) {
  return text.empty() ? *this : member(name, text);
}

JsonWriter& JsonWriter::value(bool boolean) { return raw(boolean ? "true" : "false"); }

}  // namespace throughline
