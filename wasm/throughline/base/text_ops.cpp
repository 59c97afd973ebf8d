#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";  // U+FFFD

// The length of the UTF-8 sequence that `text` (not empty) begins with, or minus the length of
// the ill-formed part there that becomes one U+FFFD: Encoding Standard, "UTF-8 decoder".
int sequence_length(Text text) {
  const auto byte_at = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte_at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return -1;
  // Only the second byte can make a sequence too long for its value, a surrogate or too large.
  unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (int at = 1; at < length; ++at) {
    const std::size_t index = static_cast<std::size_t>(at);
    if (index >= text.size() || byte_at(index) < lowest || byte_at(index) > highest) return -at;
    lowest = 0x80;
    highest = 0xBF;
  }
  return length;
}

bool is_unreserved(char c) {
  if (is_digit(c) || is_lower(c) || is_upper(c)) return true;
  for (const char mark : Text{"-_.!~*'()"}) {
    if (c == mark) return true;
  }
  return false;
}

enum class Escape { Nothing, UriComponent, Json };

// `digits`: the sixteen.
void append_byte(String& out, const char* prefix, char c, Text digits) {
  const unsigned byte = static_cast<unsigned char>(c);
  out.append(prefix);
  out.push_back(digits[byte >> 4]);
  out.push_back(digits[byte & 15]);
}

// RFC 8259, section 7.
void append_json_char(String& out, char c) {
  // Each with the letter of its short form behind it.
  for (const char* form = "\"\"\\\\\bb\ff\nn\rr\tt"; *form != 0; form += 2) {
    if (*form != c) continue;
    out.push_back('\\');
    out.push_back(form[1]);
    return;
  }
  if (static_cast<unsigned char>(c) >= 0x20) {
    out.push_back(c);
  } else {
    append_byte(out, "\\u00", c, "0123456789abcdef");
  }
}

// What stands in a JSON string as it is.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

void append_well_formed(String& out, Text text, Escape escape) {
  while (!text.empty()) {
    if (escape == Escape::Json && is_plain(text.front())) {
      const char* const begin = text.data();
      const char* const end = begin + text.size();
      const char* at = begin;
      while (at != end && is_plain(*at)) ++at;
      const std::size_t plain = static_cast<std::size_t>(at - begin);
      out.append(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
    const int length = sequence_length(text);
    const std::size_t size = static_cast<std::size_t>(length < 0 ? -length : length);
    for (const char c : length < 0 ? kReplacement : text.substr(0, size)) {
      if (escape == Escape::Json) {
        append_json_char(out, c);
      } else if (escape == Escape::UriComponent && !is_unreserved(c)) {
        append_byte(out, "%", c, "0123456789ABCDEF");
      } else {
        out.push_back(c);
      }
    }
    text.remove_prefix(size);
  }
}

bool is_space(char c, bool lines) {
  return c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\f' || c == '\r'));
}

Text trim(Text text, bool lines) {
  while (!text.empty() && is_space(text.front(), lines)) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back(), lines)) text.remove_suffix(1);
  return text;
}

}  // namespace

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char letter = to_lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

Text trim(Text text) { return trim(text, true); }

Text trim_blanks(Text text) { return trim(text, false); }

Text cut(Text& rest, char separator) {
  const Text text = rest;
  std::size_t size = 0;
  while (size < text.size() && text[size] != separator) ++size;
  rest.remove_prefix(size < text.size() ? size + 1 : size);
  return {text.data(), size};
}

bool equals_ignoring_case(Text a, Text b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (to_lower(a[at]) != to_lower(b[at])) return false;
  }
  return true;
}

void append_unsigned(String& out, std::uint64_t value) {
  char digits[20];
  char* const end = digits + sizeof(digits);
  char* first = end;
  do {
    *--first = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  out.append(Text{first, static_cast<std::size_t>(end - first)});
}

void append_uri_component(String& out, Text text) {
  append_well_formed(out, text, Escape::UriComponent);
}

void append_json_text(String& out, Text text) { append_well_formed(out, text, Escape::Json); }

String well_formed_utf8(Text text) {
  String out;
  append_well_formed(out, text, Escape::Nothing);
  return out;
}

std::optional<String> percent_decode(Text text) {
  String bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      if (text.size() - at < 3) return std::nullopt;
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    bytes.push_back(c);
  }
  return well_formed_utf8(bytes);
}

}  // namespace throughline
