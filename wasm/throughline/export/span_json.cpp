#include "throughline/export/span_json.h"

#include "throughline/request/request_span.h"

namespace throughline {
namespace {

// What span JSON and trace context have in common.
void write_common(JsonWriter& json, const SpanRecord& span) {
  json.member("trace_id", span.root->trace_id).member("span_id", span.id);
  if (!span.parent_id.is_zero()) json.member("parent_span_id", span.parent_id);
  json.text_if_any("op", attribute_text(span, "sentry.op"));
  json.text_if_any("origin", attribute_text(span, "sentry.origin"));
  json.text_if_any("status", span.status.text());
  json.object("data");
  write_attributes(json, span);
  json.close_object();
  if (span.links == nullptr) return;
  json.array("links");
  for (const SpanLink* link = span.links; link != nullptr; link = link->next) {
    json.open_object().member("span_id", link->span_id).member("trace_id", link->trace_id);
    if (link->sampled) json.key("sampled").value(*link->sampled);
    if (!link->attributes.empty()) json.key("attributes").raw(link->attributes);
    json.close_object();
  }
  json.close_array();
}

// Copies of attributes.
void write_lifted(JsonWriter& json, const SpanRecord& span) {
  for (const char* key : {"sentry.profile_id", "sentry.exclusive_time"}) {
    const AttributeValue* value = span.attributes.find(key);
    if (value == nullptr) continue;
    json.key(key + sizeof("sentry.") - 1);
    write_attribute_value(json, *value);
  }
}

}  // namespace

void write_measurements(JsonWriter& json, const SpanRecord& span) {
  if (span.measurements.first() == nullptr) return;
  json.object("measurements");
  write_attributes(json, span.measurements);
  json.close_object();
}

void write_span(JsonWriter& json, const SpanRecord& span) {
  json.open_object();
  write_common(json, span);
  json.member("description", span_name(span));
  json.member("start_timestamp", to_seconds(span.start));
  if (span.ended) json.member("timestamp", to_seconds(span.end));
  write_lifted(json, span);
  write_measurements(json, span);
  if (span.standalone) {
    if (span.parent == nullptr) json.key("is_segment").value(true);
    json.member("segment_id", span.root->span.id);
  }
  json.close_object();
}

void write_trace_context(JsonWriter& json, const SpanRecord& span) {
  json.open_object();
  write_common(json, span);
  json.close_object();
}

void write_dsc(JsonWriter& json, const Dsc& dsc) {
  json.open_object();
  for (const Member member : dsc) json.key(member.key).value(member.value);
  json.close_object();
}

}  // namespace throughline
