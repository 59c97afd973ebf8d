#include "throughline/request/request_span.h"

#include "throughline/request/request_url.h"

namespace throughline {
namespace {

// Calls `visit(key, value)` for every attribute that comes from the facts of a request.
template <typename Visit>
void each_fact(const RequestFacts& facts, const Visit& visit) {
  const auto text = [&](std::string_view key, std::string_view content) {
    if (!content.empty()) visit(key, AttributeValue::of(content));
  };
  text("sentry.op", "http.client");
  text("sentry.origin", "auto.http.browser");
  text("type", facts.xhr ? "xhr" : "fetch");
  text("http.method", facts.method);
  const RequestUrl url{facts.url, facts.resolved, facts.xhr};
  text("url", url.raw());
  const std::string full = url.full();
  text("http.url", full);
  text("url.full", full);
  text("server.address", url.server_address());
  text("http.query", url.query());
  text("http.fragment", url.fragment());
  if (facts.status >= 0) {
    visit("http.response.status_code", AttributeValue::of(static_cast<double>(facts.status)));
  }
  if (facts.content_length > 0) {
    visit("http.response_content_length", AttributeValue::of(facts.content_length));
  }
}

}  // namespace

std::string span_name(const SpanRecord& span) {
  if (span.request == nullptr || !span.name.empty()) return std::string{span.name};
  const RequestUrl url{span.request->url, span.request->resolved, span.request->xhr};
  std::string name{span.request->method};
  name.push_back(' ');
  name.append(url.name_target());
  return name;
}

void write_attributes(JsonWriter& json, const SpanRecord& span) {
  if (span.request != nullptr) {
    each_fact(*span.request, [&](std::string_view key, const AttributeValue& value) {
      if (span.attributes.find(key) != nullptr) return;
      json.key(key);
      write_attribute_value(json, value);
    });
  }
  for (const Attribute* set = span.attributes.first(); set != nullptr; set = set->next) {
    json.key(set->key);
    write_attribute_value(json, set->value);
  }
}

std::string_view attribute_text(const SpanRecord& span, std::string_view key) {
  const std::string_view set = span.attributes.text(key);
  if (!set.empty() || span.request == nullptr) return set;
  if (key == "sentry.op") return "http.client";
  return key == "sentry.origin" ? std::string_view{"auto.http.browser"} : std::string_view{};
}

}  // namespace throughline
