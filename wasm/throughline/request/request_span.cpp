#include "throughline/request/request_span.h"

#include "throughline/request/request_url.h"
#include "throughline/request/resource_timing.h"

namespace throughline {
namespace {

using TakeFact = bool (*)(void* context, const char* key, const AttributeValue& value);

// Tells the attributes that come from the facts of a request, unless one was set, until `take`
// says that it is enough.
bool each_fact(const SpanRecord& span, TakeFact take, void* context) {
  const RequestFacts& facts = *span.request;
  const auto any_text = [&](const char* key, Text content) {
    return span.attributes.find(key) == nullptr && take(context, key, AttributeValue::of(content));
  };
  const auto text = [&](const char* key, Text content) {
    return !content.empty() && any_text(key, content);
  };
  const auto number = [&](const char* key, double content) {
    return span.attributes.find(key) == nullptr && take(context, key, AttributeValue::of(content));
  };
  if (const ResourceTiming* timing = facts.timing) {
    const NetworkProtocol protocol = network_protocol(timing->protocol);
    if (any_text("network.protocol.version", protocol.version) ||
        any_text("network.protocol.name", protocol.name)) {
      return true;
    }
    for (std::size_t i = 0; i < ResourceTiming::kCount; ++i) {
      const double seconds = timing->seconds(i);
      if (seconds >= 0 && number(kTimingKeys[i], seconds)) return true;
    }
    const double first_byte = timing->times[ResourceTiming::kResponseStart] / 1e3;
    if (first_byte >= 0 && number("http.request.time_to_first_byte", first_byte)) return true;
  }
  const RequestUrl url{facts.url, facts.resolved, facts.xhr};
  const String full = url.full();
  const UrlParts parts = url.parts();
  return text("sentry.op", "http.client") || text("sentry.origin", "auto.http.browser") ||
         text("type", facts.xhr ? "xhr" : "fetch") || text("http.method", facts.method) ||
         // The text may be empty: `fetch("")`.
         any_text("url", url.raw()) || text("http.url", full) || text("url.full", full) ||
         text("server.address", parts.host) || text("http.query", parts.query) ||
         text("http.fragment", parts.fragment) ||
         (facts.status >= 0 && number("http.response.status_code", facts.status)) ||
         (facts.content_length > 0 && number("http.response_content_length", facts.content_length));
}

// A text by substring, anything else by its value.
bool fits(const AttributeValue& value, const AttributeValue& pattern) {
  if (value.type != pattern.type) return false;
  if (value.type == AttributeType::Text) return value.text.find(pattern.text) != Text::npos;
  return value.number == pattern.number && value.text == pattern.text;
}

struct Sought {
  Text key;
  const AttributeValue& pattern;
};

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
  const auto write = [](void* writer, const char* key, const AttributeValue& value) {
    write_attribute_value(static_cast<JsonWriter*>(writer)->key(key), value);
    return false;
  };
  if (span.request != nullptr) each_fact(span, write, &json);
  write_attributes(json, span.attributes);
}

void visit_attributes(const SpanRecord& span, VisitAttribute visit, void* context) {
  struct Visitor {
    VisitAttribute visit;
    void* context;
  } visitor{visit, context};
  const auto take = [](void* to, const char* key, const AttributeValue& value) {
    const Visitor& visited = *static_cast<const Visitor*>(to);
    visited.visit(visited.context, key, value);
    return false;
  };
  if (span.request != nullptr) each_fact(span, take, &visitor);
  for (const Attribute* set = span.attributes.first(); set != nullptr; set = set->next) {
    visit(context, set->key, set->value);
  }
}

bool has_attribute(const SpanRecord& span, Text key) {
  if (span.attributes.find(key) != nullptr) return true;
  const auto look = [](void* sought, const char* name, const AttributeValue&) {
    return *static_cast<const Text*>(sought) == name;
  };
  return span.request != nullptr && each_fact(span, look, &key);
}

bool has_attribute_like(const SpanRecord& span, Text key, const AttributeValue& pattern) {
  if (const AttributeValue* set = span.attributes.find(key)) return fits(*set, pattern);
  Sought sought{key, pattern};
  const auto look = [](void* context, const char* name, const AttributeValue& value) {
    const Sought& asked = *static_cast<const Sought*>(context);
    return asked.key == name && fits(value, asked.pattern);
  };
  return span.request != nullptr && each_fact(span, look, &sought);
}

Text attribute_text(const SpanRecord& span, Text key) {
  const Text set = span.attributes.text(key);
  if (!set.empty() || span.request == nullptr) return set;
  if (key == "sentry.op") return "http.client";
  return key == "sentry.origin" ? Text{"auto.http.browser"} : Text{};
}

}  // namespace throughline
