#include "throughline/url/normal_form.h"

#include <cstddef>
#include <cstdint>

#include "throughline/base/text.h"

namespace throughline {
namespace {

// Printable ASCII characters at which a part of a URL stops being left alone: because the part
// ends there, or because some host strips, turns or percent-encodes them.
class Stops {
 public:
  constexpr explicit Stops(std::string_view characters) {
    for (const char c : characters) (c < 64 ? low_ : high_) |= bit(c);
  }
  constexpr bool contains(char c) const {
    return c <= ' ' || c >= 0x7F || (((c < 64 ? low_ : high_) & bit(c)) != 0);
  }

 private:
  static constexpr std::uint64_t bit(char c) { return std::uint64_t{1} << (c & 63); }

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

// The standard's percent-encode sets, with the delimiters. Caret and bar in a path: hosts of
// different age disagree.
constexpr Stops kPathStops{"\"#<>?\\^`{|}"};
constexpr Stops kQueryStops{"\"#'<>"};
constexpr Stops kFragmentStops{"\"<>`"};

// Leaves of `text` what begins with the first stop.
void skip(std::string_view& text, const Stops& stops) {
  std::size_t end = 0;
  while (end < text.size() && !stops.contains(text[end])) ++end;
  text.remove_prefix(end);
}

// "." and ".." between slashes. An encoded dot counts wherever it stands.
bool may_have_dot_segments(std::string_view path) {
  for (; !path.empty(); path.remove_prefix(1)) {
    if (path.starts_with("%2e") || path.starts_with("%2E")) return true;
    if (!path.starts_with("/.")) continue;
    std::string_view rest = path;
    rest.remove_prefix(rest.starts_with("/..") ? 3 : 2);
    if (rest.empty() || rest.front() == '/') return true;
  }
  return false;
}

bool is_normal_from_path(std::string_view text) {
  if (!text.starts_with('/')) return false;
  std::string_view rest = text;
  skip(rest, kPathStops);
  text.remove_suffix(rest.size());
  if (may_have_dot_segments(text)) return false;
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    skip(rest, kQueryStops);
  }
  if (rest.starts_with('#')) {
    rest.remove_prefix(1);
    skip(rest, kFragmentStops);
  }
  return rest.empty();
}

// Takes the host off `text`. False: not one that stays as it is. A last label that starts with
// a digit may be part of an IPv4 address.
bool take_host(std::string_view& text) {
  for (;;) {
    const std::string_view label = text;
    while (!text.empty() && (is_lower(text[0]) || is_digit(text[0]) || text[0] == '-')) {
      text.remove_prefix(1);
    }
    if (label.size() == text.size() || label.starts_with("xn--")) return false;
    if (!text.starts_with('.')) return !is_digit(label[0]);
    text.remove_prefix(1);
  }
}

// Takes the port off `text`, if there is one. False: not one that stays as it is.
bool take_port(std::string_view& text, unsigned default_port) {
  if (!text.starts_with(':')) return true;
  text.remove_prefix(1);
  if (text.empty() || text[0] == '0') return false;
  unsigned port = 0;
  while (!text.empty() && is_digit(text[0]) && port <= 0xFFFF) {
    port = port * 10 + static_cast<unsigned>(text[0] - '0');
    text.remove_prefix(1);
  }
  return port != 0 && port != default_port && port <= 0xFFFF;
}

}  // namespace

UrlForm url_form(std::string_view text) {
  if (text.starts_with('/')) {
    return !text.starts_with("//") && is_normal_from_path(text) ? UrlForm::Path : UrlForm::Ask;
  }
  if (!text.starts_with("http")) return UrlForm::Ask;
  text.remove_prefix(4);
  unsigned default_port = 80;
  if (text.starts_with('s')) {
    text.remove_prefix(1);
    default_port = 443;
  }
  if (!text.starts_with("://")) return UrlForm::Ask;
  text.remove_prefix(3);
  return take_host(text) && take_port(text, default_port) && is_normal_from_path(text)
             ? UrlForm::Absolute
             : UrlForm::Ask;
}

}  // namespace throughline
