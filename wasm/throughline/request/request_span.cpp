#include "throughline/request/request_span.h"

#include "throughline/request/request_url.h"

namespace throughline {
namespace {

// The attributes that come from the facts of a request, unless one was set.
class FactWriter {
 public:
  FactWriter(JsonWriter& json, const SpanRecord& span) : json_(json), span_(span) {}

  void any_text(const char* key, Text content) {
    if (is_free(key)) json_.member(key, content);
  }
  void text(const char* key, Text content) {
    if (!content.empty()) any_text(key, content);
  }
  void number(const char* key, double content) {
    if (is_free(key)) json_.member(key, content);
  }

 private:
  bool is_free(Text key) const { return span_.attributes.find(key) == nullptr; }

  JsonWriter& json_;
  const SpanRecord& span_;
};

void write_facts(JsonWriter& json, const SpanRecord& span) {
  const RequestFacts& facts = *span.request;
  FactWriter write(json, span);
  write.text("sentry.op", "http.client");
  write.text("sentry.origin", "auto.http.browser");
  write.text("type", facts.xhr ? "xhr" : "fetch");
  write.text("http.method", facts.method);
  const RequestUrl url{facts.url, facts.resolved, facts.xhr};
  // The text may be empty: `fetch("")`.
  write.any_text("url", url.raw());
  const String full = url.full();
  write.text("http.url", full);
  write.text("url.full", full);
  write.text("server.address", url.server_address());
  write.text("http.query", url.query());
  write.text("http.fragment", url.fragment());
  if (facts.status >= 0) write.number("http.response.status_code", facts.status);
  if (facts.content_length > 0) write.number("http.response_content_length", facts.content_length);
}

}  // namespace

String span_name(const SpanRecord& span) {
  if (span.request == nullptr || !span.name.empty()) return String{span.name};
  const RequestUrl url{span.request->url, span.request->resolved, span.request->xhr};
  String name{span.request->method};
  name.push_back(' ');
  name.append(url.name_target());
  return name;
}

void write_attributes(JsonWriter& json, const SpanRecord& span) {
  if (span.request != nullptr) write_facts(json, span);
  for (const Attribute* set = span.attributes.first(); set != nullptr; set = set->next) {
    json.key(set->key);
    write_attribute_value(json, set->value);
  }
}

Text attribute_text(const SpanRecord& span, Text key) {
  const Text set = span.attributes.text(key);
  if (!set.empty() || span.request == nullptr) return set;
  if (key == "sentry.op") return "http.client";
  return key == "sentry.origin" ? Text{"auto.http.browser"} : Text{};
}

}  // namespace throughline
