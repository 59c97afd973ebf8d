#include "throughline/export/envelope.h"

#include "throughline/export/span_json.h"
#include "throughline/url/sanitise.h"

namespace throughline {
namespace {

// The DSN belongs into every envelope header when a tunnel has to tell projects apart.
void write_tunnel_dsn(JsonWriter& json, const ClientOptions& options) {
  if (!options.tunnel.empty() && options.dsn) {
    json.member("dsn", options.dsn->text());
  }
}

void write_sdk(JsonWriter& json, const EnvelopeFacts& facts) {
  const SdkInfo& sdk = facts.sdk;
  json.object("sdk").member("name", sdk.name);
  json.member("version", sdk.version);
  json.array("packages").open_object();
  json.member("name", sdk.package);
  json.member("version", sdk.version);
  json.close_object().close_array();
  json.key("integrations");
  write_integrations(json, sdk);
  json.object("settings");
  json.member("infer_ip", facts.options.send_default_pii ? "auto" : "never");
  json.close_object().close_object();
}

void write_request(JsonWriter& json, Text url, const PageFacts& page) {
  if (url.empty()) url = page.url;
  if (url.empty()) return;
  json.object("request");
  json.member("url", filter_credentials(url));
  json.object("headers");
  json.text_if_any("Referer", filter_credentials(page.referrer));
  json.text_if_any("User-Agent", page.user_agent);
  json.close_object().close_object();
}

// What the header of an envelope has beside the id of its event and the trace.
void write_rest_of_header(JsonWriter& json, const EnvelopeFacts& facts) {
  json.member("sent_at", iso8601(facts.now));
  json.object("sdk").member("name", facts.sdk.name);
  json.member("version", facts.sdk.version).close_object();
  write_tunnel_dsn(json, facts.options);
}

// What all events end with. `url`: where it began, if that was elsewhere.
void write_rest_of_event(JsonWriter& json, Text url, const EnvelopeFacts& facts) {
  const ClientOptions& options = facts.options;
  write_request(json, url, facts.page);
  json.text_if_any("release", options.release);
  json.member("environment", options.environment);
  json.text_if_any("dist", options.dist);
  write_sdk(json, facts);
  json.close_object();
}

}  // namespace

void write_integrations(JsonWriter& json, const SdkInfo& sdk) {
  json.open_array();
  for (Text rest = sdk.integrations; !rest.empty();) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    json.value(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  json.close_array();
}

void write_transaction_envelope(String& out, Root& root, const EventId& event_id,
                                const EnvelopeFacts& facts) {
  const SpanRecord& span = root.span;
  JsonWriter json(out);
  json.open_object().member("event_id", event_id);
  write_rest_of_header(json, facts);
  json.key("trace");
  write_dsc(json, *root.dsc);
  json.close_object();
  out.append("\n{\"type\":\"transaction\"}\n");

  json.open_object().member("event_id", event_id).member("type", "transaction");
  json.member("platform", facts.platform);
  const Text name = span.name.empty() ? Text{"<unlabeled transaction>"} : span.name;
  json.member("transaction", name);
  if (const Text source = span.attributes.text("sentry.source"); !source.empty()) {
    json.object("transaction_info").member("source", source).close_object();
  }
  json.member("start_timestamp", to_seconds(span.start)).member("timestamp", to_seconds(span.end));
  json.object("contexts").key("trace");
  write_trace_context(json, span);
  json.close_object();
  json.array("spans");
  each_in_tree_order(root, [&json](const SpanRecord& child) {
    if (child.ended) write_span(json, child);
  });
  json.close_array();
  write_measurements(json, span);
  write_rest_of_event(json, root.request_url, facts);
}

void write_event_frame(String& out, Text transaction, const EnvelopeFacts& facts) {
  JsonWriter json(out);
  json.open_object();
  write_rest_of_header(json, facts);
  json.close_object();
  out.append("\n");
  json.open_object().text_if_any("transaction", transaction);
  write_rest_of_event(json, {}, facts);
}

void write_span_envelope(String& out, const SpanRecord& span, const Dsc& dsc,
                         const EnvelopeFacts& facts) {
  JsonWriter json(out);
  json.open_object().member("sent_at", iso8601(facts.now));
  write_tunnel_dsn(json, facts.options);
  if (dsc.get("trace_id") && dsc.get("public_key")) {
    json.key("trace");
    write_dsc(json, dsc);
  }
  json.close_object();
  out.append("\n{\"type\":\"span\"}\n");
  write_span(json, span);
}

void write_spans_envelope(String& out, Text items, std::uint32_t count, const Dsc& dsc,
                          const EnvelopeFacts& facts) {
  JsonWriter json(out);
  json.open_object();
  write_rest_of_header(json, facts);
  if (dsc.get("trace_id") && dsc.get("public_key")) {
    json.key("trace");
    write_dsc(json, dsc);
  }
  json.close_object();
  out.append("\n");
  json.open_object().member("type", "span").member("item_count", static_cast<double>(count));
  json.member("content_type", "application/vnd.sentry.items.span.v2+json").close_object();
  out.append("\n");
  json.open_object().member("version", 2.0);
  if (Text{facts.platform} == "javascript") {
    const char* inferred = facts.options.send_default_pii ? "auto" : "never";
    json.object("ingest_settings").member("infer_ip", inferred);
    json.member("infer_user_agent", inferred).close_object();
  }
  json.array("items").raw(items);
  json.close_array().close_object();
}

void write_client_report(String& out, const LossCounts& losses, const EnvelopeFacts& facts) {
  JsonWriter json(out);
  json.open_object();
  write_tunnel_dsn(json, facts.options);
  json.close_object();
  out.append("\n{\"type\":\"client_report\"}\n");
  json.open_object().member("timestamp", to_seconds(facts.now));
  json.array("discarded_events");
  for (const Loss& loss : losses.all()) {
    json.open_object().member("reason", loss.reason).member("category", loss.category);
    json.member("quantity", static_cast<double>(loss.quantity)).close_object();
  }
  json.close_array().close_object();
}

}  // namespace throughline
