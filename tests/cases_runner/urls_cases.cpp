// Name and attributes of request spans, as far as the URL of the request makes them.
#include "cases_runner/families.h"
#include "cases_runner/host_answers.h"
#include "cases_runner/values.h"
#include "throughline/request/request_span.h"
#include "throughline/request/request_url.h"
#include "throughline/url/sanitise.h"

namespace throughline::cases {
namespace {

// The method of XMLHttpRequest, of the second argument of fetch, of a Request; in upper case, as
// hosts of the core hand it over.
std::string method_of(const Json& in) {
  std::string method = "GET";
  for (const Json& given :
       {member(in, "method"), member(member(in, "init"), "method"), member(in, "requestMethod")}) {
    if (!given.is_string()) continue;
    method = text_of(given);
    break;
  }
  for (char& c : method) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return method;
}

Json described(const RequestFacts& facts) {
  RequestFacts copy = facts;
  SpanRecord span;
  span.request = &copy;
  String text;
  JsonWriter json(text);
  json.open_object();
  write_attributes(json, span);
  json.close_object();
  Json attributes = Json::parse(std::string{text}, nullptr, false);
  if (!attributes.is_object()) return text;
  attributes.erase("sentry.op");
  attributes.erase("sentry.origin");
  return {{"name", span_name(span)},
          {"op", std::string{attribute_text(span, "sentry.op")}},
          {"origin", std::string{attribute_text(span, "sentry.origin")}},
          {"attributes", attributes}};
}

}  // namespace

Outcome run_urls(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  const std::string url = text_of(member(in, "url"));
  const std::string group = text_of(member(test_case, "group"));
  if (group == "data url") return compare(out, shorten_data_url(url));

  const bool xhr = group == "xhr";
  const std::string method = method_of(in);
  if (xhr && is_delivery_xhr(method, url)) return compare(out, nullptr);
  Targets targets;
  const Page page = page_of(in);
  targets.set_page(page.location());
  const TargetDecision decision = decide_with_host(targets, url, in);
  if (decision.asks != kAskNothing) return needs_host(decision);
  RequestFacts facts;
  facts.method = method;
  facts.url = url;
  facts.resolved = decision.resolved;
  facts.xhr = xhr;
  return compare(out, described(facts));
}

}  // namespace throughline::cases
