// Small operations on text that several wire formats share. ASCII rules only: nothing here
// depends on a locale.
#pragma once

#include <cstdint>
#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

// Value of one hex digit, or -1. Upper case counts; callers that refuse it check before.
int hex_value(char c);

// Without the ASCII white space (tab, line feed, form feed, carriage return, space) around it.
Text trim(Text text);

// The same for spaces and tabs only, the optional white space of HTTP fields.
Text trim_blanks(Text text);

// The part of `rest` before the first `separator`; `rest` keeps what comes after it, nothing
// when there is none.
Text cut(Text& rest, char separator);

bool equals_ignoring_case(Text a, Text b);

void append_unsigned(String& out, std::uint64_t value);

// The longest leading decimal number of `text` after leading white space, as JavaScript's
// parseFloat reads it ("0.5abc" is 0.5, ".5" is 0.5, "1e-3x" is 0.001); nothing for no number.
// "Infinity" and hex forms are not numbers here. `number`, if given, gets the text of it.
std::optional<double> leading_number(Text text, Text* number = nullptr);

// The largest whole n of which n / scale is not above `value`, so that for every n below 2^53
// whole_part(n / scale, scale) is n again. Values above 1e18 count as 1e18, those that are not
// positive (NaN among them) as 0.
std::uint64_t whole_part(double value, double scale);

// Plain decimal notation without trailing zeros, cut off (never rounded up) after `decimals`
// fractional digits: 0.25 is "0.25", 1 is "1". The shortest text that reads back as `value`, if
// one is short enough. For rates and sample_rand, which are finite and not negative.
String decimal_text(double value, int decimals = 6);

// Percent-encodes UTF-8 like JavaScript's encodeURIComponent: everything but
// A-Z a-z 0-9 - _ . ! ~ * ' ( ). Ill-formed UTF-8 becomes U+FFFD first.
void append_uri_component(String& out, Text text);

// Escapes what may not stand in a JSON string as it is; ill-formed UTF-8 becomes U+FFFD first.
void append_json_text(String& out, Text text);

// Decodes %XX; nothing when a '%' is not followed by two hex digits. Octets that are not valid
// UTF-8 become U+FFFD as in the Encoding Standard's UTF-8 decoder (a byte order mark stays).
std::optional<String> percent_decode(Text text);

// `text` with every maximal ill-formed part replaced by U+FFFD (Encoding Standard).
String well_formed_utf8(Text text);

}  // namespace throughline
