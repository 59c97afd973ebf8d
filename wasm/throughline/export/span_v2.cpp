#include "throughline/export/span_v2.h"

#include "throughline/export/typed_value.h"
#include "throughline/request/request_span.h"
#include "throughline/url/sanitise.h"

namespace throughline {
namespace {

// Writes attributes, each key once: what comes first stays.
class Attributes {
 public:
  Attributes(JsonWriter& json, const SpanRecord& span, bool with_types)
      : json_(json), span_(span), with_types_(with_types) {}

  void write(Text key, const AttributeValue& value) {
    // What JSON cannot hold a host hands in as a text about it.
    if (value.type == AttributeType::Json && value.text.starts_with('"')) return;
    const String typed = typed_value(value);
    if (typed.empty()) return;
    json_.key(key);
    if (with_types_) {
      json_.raw(typed);
    } else {
      write_attribute_value(json_, value);
    }
  }
  // Unless the span has one of that key.
  void add(Text key, const AttributeValue& value) {
    if (!has_attribute(span_, key)) write(key, value);
  }
  void add_if_any(Text key, Text text) {
    if (!text.empty()) add(key, AttributeValue::of(text));
  }

 private:
  JsonWriter& json_;
  const SpanRecord& span_;
  bool with_types_;
};

// The nearest span above that is sent.
const SpanRecord* sent_parent(const SpanRecord& span) {
  const SpanRecord* above = span.parent;
  while (above != nullptr && above->left_out) above = above->parent;
  return above;
}

void add_attributes_of_segment(Attributes& attributes, const Root& root,
                               const EnvelopeFacts& facts) {
  const PageFacts& page = facts.page;
  String integrations;
  JsonWriter names(integrations);
  write_integrations(names, facts.sdk);

  attributes.add("sentry.sdk.integrations", {AttributeType::Json, integrations, 0});
  const Text url = root.request_url.empty() ? page.url : root.request_url;
  attributes.add_if_any("url.full", filter_credentials(url));
  attributes.add_if_any("http.request.header.user_agent", page.user_agent);
  attributes.add_if_any("http.request.header.referer", filter_credentials(page.referrer));
}

void write_links(JsonWriter& json, const SpanRecord& span, bool with_types) {
  if (span.links == nullptr) return;
  json.array("links");
  for (const SpanLink* link = span.links; link != nullptr; link = link->next) {
    json.open_object().member("span_id", link->span_id).member("trace_id", link->trace_id);
    json.key("sampled").value(link->sampled.value_or(false));
    if (!link->attributes.empty() && with_types) {
      json.object("attributes");
      each_member(link->attributes, [&json](Text key, Text value) {
        const String typed = typed_value({AttributeType::Json, value, 0});
        if (!typed.empty()) json.raw(key).raw(typed);
      });
      json.close_object();
    } else if (!link->attributes.empty()) {
      json.key("attributes").raw(link->attributes);
    }
    json.close_object();
  }
  json.close_array();
}

double bytes_of(const AttributeValue& value) {
  constexpr double kNumber = 8;
  constexpr double kBoolean = 4;
  switch (value.type) {
    case AttributeType::Text:
      return 2.0 * static_cast<double>(value.text.size());
    case AttributeType::Number:
      return kNumber;
    case AttributeType::Boolean:
      return kBoolean;
    default:
      return 2.0 * static_cast<double>(value.text.size());
  }
}

}  // namespace

void write_span_v2(JsonWriter& json, const SpanRecord& span, const EnvelopeFacts& facts,
                   bool with_types) {
  const Root& root = *span.root;
  const bool is_segment = span.parent == nullptr;
  const ClientOptions& options = facts.options;
  json.open_object().member("trace_id", root.trace_id).member("span_id", span.id);
  const SpanRecord* parent = sent_parent(span);
  const SpanId& parent_id = parent != nullptr ? parent->id : span.parent_id;
  if (!parent_id.is_zero()) json.member("parent_span_id", parent_id);
  const String name = span_name(span);
  json.member("name", name).member("start_timestamp", to_seconds(span.start));
  json.member("end_timestamp", to_seconds(span.end)).key("is_segment").value(is_segment);
  const bool failed = span.status.code == StatusCode::Error && span.status.message != "cancelled";
  json.member("status", failed ? "error" : "ok");

  json.object("attributes");
  Attributes attributes(json, span, with_types);
  visit_attributes(
      span,
      [](void* all, Text key, const AttributeValue& value) {
        static_cast<Attributes*>(all)->write(key, value);
      },
      &attributes);
  if (failed) attributes.add_if_any("sentry.status.message", span.status.message);
  attributes.add_if_any("sentry.release", options.release);
  attributes.add_if_any("sentry.environment", options.environment);
  attributes.add_if_any("sentry.segment.name", span_name(root.span));
  String segment_id;
  append_hex(segment_id, root.span.id);
  attributes.add("sentry.segment.id", AttributeValue::of(segment_id));
  attributes.add("sentry.sdk.name", AttributeValue::of(facts.sdk.name));
  attributes.add("sentry.sdk.version", AttributeValue::of(facts.sdk.version));
  if (is_segment) add_attributes_of_segment(attributes, root, facts);
  attributes.add_if_any("sentry.span.source", span.attributes.text("sentry.source"));
  json.close_object();
  write_links(json, span, with_types);
  json.close_object();
}

double estimated_bytes(const SpanRecord& span) {
  double bytes = 156 + 2.0 * static_cast<double>(span_name(span).size());
  visit_attributes(
      span,
      [](void* sum, Text key, const AttributeValue& value) {
        *static_cast<double*>(sum) += 2.0 * static_cast<double>(key.size()) + bytes_of(value);
      },
      &bytes);
  for (const SpanLink* link = span.links; link != nullptr; link = link->next) {
    bytes += 100 + 2.0 * static_cast<double>(span.links->attributes.size());
  }
  return bytes;
}

}  // namespace throughline
