#include "throughline/request/request_url.h"

#include <cstddef>

#include "throughline/base/text_ops.h"
#include "throughline/url/sanitise.h"

namespace throughline {
namespace {

// No data: URL has more than its first characters in a payload: neither has it a query.
String sanitised(Text url) {
  return is_data_url(url) ? shorten_data_url(url) : filter_credentials(url);
}

// Credentials first: a badly written password may hold a "?".
String sanitised_without_query(Text url) {
  String text = sanitised(url);
  if (!is_data_url(url)) text.resize(without_query(text).size());
  return text;
}

// Does the host parse `url` without a base? For texts that it could resolve to `scheme`. Without
// a host ("https:?q") they are relative to a page of that scheme.
bool is_absolute(Text url, Text scheme) {
  bool before_host = false;
  std::size_t at = 0;  // of the next character of the scheme
  for (const char c : url) {
    if (c == '\t' || c == '\n' || c == '\r') continue;  // the host skips them
    if (before_host) {
      if (c == '/' || c == '\\') continue;
      return c != '?' && c != '#';
    }
    if (at == 0 && static_cast<unsigned char>(c) <= ' ') continue;
    if (at == scheme.size() ? c != ':' : to_lower(c) != scheme[at]) return false;
    before_host = at++ == scheme.size();
  }
  return false;
}

}  // namespace

String RequestUrl::name_target() const {
  if (xhr || resolved.empty() || is_data_url(url) || url.starts_with("//")) {
    return sanitised_without_query(url);
  }
  const UrlParts parts = split_url(resolved);
  if (!is_absolute(url, parts.scheme)) return String{parts.path};
  String target = sanitised_without_query(resolved);
  for (const Text port : {":80", ":443"}) {
    if (!parts.host.ends_with(port)) continue;
    const std::size_t path = target.size() - parts.path.size();
    String without{Text{target}.substr(0, path - port.size())};
    without.append(Text{target}.substr(path));
    return without;
  }
  return target;
}

String RequestUrl::raw() const { return sanitised(url); }

String RequestUrl::full() const { return sanitised(resolved); }

UrlParts RequestUrl::parts() const {
  UrlParts parts = split_url(resolved);
  if (is_data_url(resolved)) parts.query = parts.fragment = {};
  // What "" and "#x" inherit from the page says nothing about a fetch.
  if (!xhr && !url.substr(without_query(url).size()).starts_with('?')) parts.query = {};
  return parts;
}

bool is_delivery_xhr(Text method, Text url) {
  return method == "POST" && url.find("sentry_key") != Text::npos;
}

}  // namespace throughline
