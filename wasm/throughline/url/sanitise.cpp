#include "throughline/url/sanitise.h"

#include <cstddef>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

constexpr char kFiltered[] = "%filtered%";

constexpr bool is_slash(char c) { return c == '/' || c == '\\'; }

// Takes "scheme:" off `text` and returns the scheme, or nothing if it does not start with one.
Text take_scheme(Text& text) {
  std::size_t end = 0;
  while (end < text.size() &&
         (is_lower(to_lower(text[end])) || (end > 0 && (is_digit(text[end]) || text[end] == '+' ||
                                                        text[end] == '-' || text[end] == '.')))) {
    ++end;
  }
  if (end == 0 || end == text.size() || text[end] != ':') return {};
  const Text scheme = text.substr(0, end);
  text.remove_prefix(end + 1);
  return scheme;
}

// Schemes whose URLs always have an authority, however many slashes stand before it.
bool is_special(Text scheme) {
  for (const Text special : {"https", "http", "wss", "ws", "ftp"}) {
    if (equals_ignoring_case(scheme, special)) return true;
  }
  return false;
}

bool is_port(Text text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

// What stands between the slashes and the last "@" before the host of `text`, which keeps what
// begins there. Empty if there is nothing.
Text find_userinfo(Text& text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  // No scheme: the page's, which is special as a rule. Behind one that is not, another URL may
  // follow (blob:https://...).
  bool special = true;
  Text scheme;
  do {
    scheme = take_scheme(text);
    if (!scheme.empty()) special = is_special(scheme);
  } while (!scheme.empty() && !special);
  const std::size_t needed = scheme.empty() ? 2 : 0;
  std::size_t slashes = 0;
  while (slashes < text.size() &&
         (special ? is_slash(text[slashes]) : slashes < 2 && text[slashes] == '/')) {
    ++slashes;
  }
  if (slashes < needed) return {};
  text.remove_prefix(slashes);

  const Text authority = text.substr(0, text.find_first_of(special ? "/\\?#" : "/?#"));
  std::size_t at = authority.rfind('@');
  if (at == Text::npos) {
    // "user:p/w@host": no URL, as "p" is no port, but what was meant is plain to see.
    const std::size_t colon = authority.rfind(':');
    if (colon == Text::npos || authority.ends_with(']') || is_port(authority.substr(colon + 1))) {
      return {};
    }
    at = text.rfind('@');
    if (at == Text::npos) return {};
  }
  return text.substr(0, at);
}

}  // namespace

String filter_credentials(Text url) {
  if (url.find('@') == Text::npos) return String{url};
  String clean;
  clean.reserve(url.size());
  for (const char c : url) {
    if (c != '\t' && c != '\n' && c != '\r') clean.push_back(c);
  }
  Text tail = clean;
  const Text userinfo = find_userinfo(tail);
  if (userinfo.empty()) return String{url};
  String filtered{Text{clean}.substr(0, clean.size() - tail.size())};
  filtered.append(kFiltered);
  if (userinfo.find(':') != Text::npos) filtered.append(":").append(kFiltered);
  tail.remove_prefix(userinfo.size());
  filtered.append(tail);
  return filtered;
}

Text without_query(Text url) { return url.substr(0, url.find_first_of("?#")); }

bool is_data_url(Text url) { return url.starts_with("data:"); }

String shorten_data_url(Text url) {
  if (!is_data_url(url)) return String{url};
  constexpr std::size_t kKept = 10;  // UTF-16 code units, as hosts count characters
  const bool base64 = url.find(";base64,") != Text::npos;
  url.remove_prefix(5);
  const Text mime = url.substr(0, url.find_first_of(";,"));
  String shortened{"data:"};
  shortened.append(mime.empty() ? "text/plain" : mime);
  if (base64) shortened.append(",base64");
  const std::size_t comma = url.find(',');
  if (comma == Text::npos || comma + 1 == url.size()) return shortened;
  url.remove_prefix(comma + 1);
  std::size_t end = 0;
  for (std::size_t units = 0; end < url.size(); ++end) {
    const auto byte = static_cast<unsigned char>(url[end]);
    if ((byte & 0xC0U) == 0x80U) continue;  // belongs to the character before
    units += byte >= 0xF0U ? 2 : 1;
    if (units > kKept) break;
  }
  shortened.append(",").append(url.substr(0, end));
  if (end < url.size()) shortened.append("... [truncated]");
  return shortened;
}

}  // namespace throughline
