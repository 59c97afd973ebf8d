// URLs: the parts of any text are views that stand in it one behind the other; those of a text in
// normal form make it up again; having the same origin is mutual.
#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/string.h"
#include "throughline/url/normal_form.h"
#include "throughline/url/parts.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

void check_parts(Text url, const UrlParts& parts) {
  const char* behind = url.data();
  for (const Text part :
       {parts.scheme, parts.userinfo, parts.host, parts.path, parts.query, parts.fragment}) {
    if (part.empty()) continue;
    check(lies_in(part, url), "parts are views of the text");
    check(part.data() >= behind, "parts stand one behind the other");
    behind = part.end();
  }
  check(lies_in(parts.origin, url), "an origin is a part of the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const HeapText url = input.text();
  const HeapText other = input.rest();
  const UrlParts parts = split_url(url);
  const UrlParts others = split_url(other);
  check_parts(url, parts);
  check_parts(other, others);
  // User info without a host is in no URL that a host serialises.
  const bool serialised = parts.userinfo.empty() || !parts.host.empty();
  check(!serialised || same_origin(parts, parts), "a URL has its own origin");
  check(same_origin(parts, others) == same_origin(others, parts), "same origin is mutual");

  const UrlForm form = url_form(url);
  for (const char c : Text{url}) {
    check(form == UrlForm::Ask || (c > ' ' && c < 0x7F), "normal form is printable ASCII");
  }
  if (form == UrlForm::Path) {
    check(Text{url}.starts_with('/') && !Text{url}.starts_with("//"), "a path is one of the host");
    String absolute("https://app.example.com:8080");
    absolute.append(url);
    check(url_form(HeapText{Text{absolute}}) == UrlForm::Absolute,
          "behind an origin it is in normal form too");
  }
  if (form != UrlForm::Absolute) return 0;
  check(is_web_scheme(parts.scheme) && parts.userinfo.empty() && !parts.host.empty(),
        "an absolute one has scheme and host, and no user info");
  String again{parts.origin};
  again.append(parts.path);
  check(Text{url}.starts_with(again), "origin and path make up the text");
  check(url_form(HeapText{parts.path}) == UrlForm::Path || parts.path.starts_with("//"),
        "its path is in normal form too");
  return 0;
}
