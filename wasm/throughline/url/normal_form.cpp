#include "throughline/url/normal_form.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

// Where a part of a URL stops being left alone: because it ends there, or because some host
// strips, turns or percent-encodes the character (the standard's percent-encode sets; caret and
// bar in a path: hosts of different age disagree). Control characters, spaces and everything
// beyond ASCII are stops of all parts.
enum Part : std::uint8_t { kPath = 1, kQuery = 2, kFragment = 4 };

constexpr std::array<std::uint8_t, 128> make_stops() {
  std::array<std::uint8_t, 128> stops{};
  for (std::size_t c = 0; c <= ' '; ++c) stops[c] = kPath | kQuery | kFragment;
  stops[0x7F] = kPath | kQuery | kFragment;
  const auto add = [&stops](Part part, std::string_view characters) {
    for (const char c : characters) stops[static_cast<unsigned char>(c)] |= part;
  };
  add(kPath, "\"#<>?\\^`{|}");
  add(kQuery, "\"#'<>");
  add(kFragment, "\"<>`");
  return stops;
}

constexpr std::array<std::uint8_t, 128> kStops = make_stops();

// What follows runs for every request whose text is new, in code compiled for size: it looks at
// characters and calls nothing.

[[gnu::always_inline]] inline bool is_stop(char c, Part part) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= kStops.size() || (kStops.data()[byte] & part) != 0;
}

const char* skip(const char* at, const char* end, Part part) {
  while (at != end && !is_stop(*at, part)) ++at;
  return at;
}

// The end of a path without segments "." and "..", null otherwise. An encoded dot may be part
// of one wherever it stands.
const char* skip_path(const char* slash, const char* end) {
  if (slash == end || *slash != '/') return nullptr;
  for (const char* at = slash + 1;; ++at) {
    const bool stops = at == end || is_stop(*at, kPath);
    if (stops || *at == '/') {
      const auto length = at - slash - 1;
      if ((length == 1 || length == 2) && slash[1] == '.' && at[-1] == '.') return nullptr;
      if (stops) return at;
      slash = at;
    } else if (*at == '%' && end - at > 2 && at[1] == '2' && to_lower(at[2]) == 'e') {
      return nullptr;
    }
  }
}

bool is_normal_from_path(const char* at, const char* end) {
  at = skip_path(at, end);
  if (at == nullptr) return false;
  if (at != end && *at == '?') at = skip(at + 1, end, kQuery);
  if (at != end && *at == '#') at = skip(at + 1, end, kFragment);
  return at == end;
}

// The end of a host that stays as it is, null otherwise. A last label that starts with a digit
// may be part of an IPv4 address.
const char* skip_host(const char* label, const char* end) {
  for (const char* at = label;; ++at) {
    const char c = at == end ? '\0' : *at;
    if (is_lower(c) || is_digit(c) || c == '-') continue;
    if (at == label) return nullptr;
    if (at - label > 3 && label[0] == 'x' && label[1] == 'n' && label[2] == '-' &&
        label[3] == '-') {
      return nullptr;
    }
    if (c != '.') return is_digit(*label) ? nullptr : at;
    label = at + 1;
  }
}

// The end of the port, if there is one; null for one that does not stay as it is.
const char* skip_port(const char* at, const char* end, unsigned default_port) {
  if (at == end || *at != ':') return at;
  ++at;
  if (at == end || *at == '0') return nullptr;
  unsigned port = 0;
  for (; at != end && is_digit(*at) && port <= 0xFFFF; ++at) {
    port = port * 10 + static_cast<unsigned>(*at - '0');
  }
  return port == 0 || port == default_port || port > 0xFFFF ? nullptr : at;
}

}  // namespace

UrlForm url_form(Text text) {
  const char* at = text.data();
  const char* end = at + text.size();
  if (text.starts_with('/')) {
    return !text.starts_with("//") && is_normal_from_path(at, end) ? UrlForm::Path : UrlForm::Ask;
  }
  unsigned default_port = 0;
  if (text.starts_with("https://")) {
    at += 8;
    default_port = 443;
  } else if (text.starts_with("http://")) {
    at += 7;
    default_port = 80;
  } else {
    return UrlForm::Ask;
  }
  at = skip_host(at, end);
  if (at != nullptr) at = skip_port(at, end, default_port);
  return at != nullptr && is_normal_from_path(at, end) ? UrlForm::Absolute : UrlForm::Ask;
}

}  // namespace throughline
