// Every option: those of propagation, those of spans and delivery, and those that the host reads,
// of which only the type is checked. And what is said about one that cannot be used.
#include <algorithm>
#include <array>

#include "throughline/base/text_ops.h"
#include "throughline/config/propagation_options.h"

namespace throughline {
namespace {

// What a finding says was expected, by Expected.
constexpr std::array<const char*, 10> kExpected = {"a boolean",
                                                   "a string",
                                                   "milliseconds from 0",
                                                   "a number from 0 to 1",
                                                   "a DSN",
                                                   "a function",
                                                   "a list",
                                                   "a list of strings, RegExps or functions",
                                                   "in-memory, session-storage or off",
                                                   "an object"};

using S = Settings;
using V = OptionValue;
constexpr auto kClient = OptionGroup::Client;
constexpr auto kTracing = OptionGroup::BrowserTracing;

constexpr auto kMore = std::to_array<OptionRule>({
    {kClient, "debug", Expected::Boolean, [](S& s, const V& v) { s.client.debug = v.number != 0; }},
    {kClient, "integrations", Expected::List, nullptr},
    {kTracing, "instrumentPageLoad", Expected::Boolean, nullptr},
    {kTracing, "instrumentNavigation", Expected::Boolean, nullptr},
    {kTracing, "traceFetch", Expected::Boolean, nullptr},
    {kTracing, "traceXHR", Expected::Boolean, nullptr},
    {kClient, "tunnel", Expected::Text, [](S& s, const V& v) { s.client.tunnel = v.text; }},
    {kClient, "dist", Expected::Text, [](S& s, const V& v) { s.client.dist = v.text; }},
    {kClient, "tracesSampleRate", Expected::Rate, nullptr},
    {kClient, "tracesSampler", Expected::Function,
     [](S& s, const V&) { s.client.has_traces_sampler = true; }},
    {kClient, "beforeSend", Expected::Function, nullptr},
    {kClient, "beforeSendTransaction", Expected::Function, nullptr},
    {kClient, "beforeSendSpan", Expected::Function, nullptr},
    {kClient, "ignoreTransactions", Expected::List, nullptr},
    {kClient, "ignoreSpans", Expected::List, nullptr},
    {kClient, "transportOptions", Expected::Object, nullptr},
    {kClient, "parentSpanIsAlwaysRootSpan", Expected::Boolean,
     [](S& s, const V& v) { s.client.parent_span_is_always_root_span = v.number != 0; }},
    {kClient, "sendClientReports", Expected::Boolean,
     [](S& s, const V& v) { s.client.send_client_reports = v.number != 0; }},
    {kClient, "sendDefaultPii", Expected::Boolean,
     [](S& s, const V& v) { s.client.send_default_pii = v.number != 0; }},
    {kTracing, "idleTimeout", Expected::Milliseconds,
     [](S& s, const V& v) { s.route.timeouts.idle = milliseconds(v.number); }},
    {kTracing, "finalTimeout", Expected::Milliseconds,
     [](S& s, const V& v) { s.route.timeouts.final = milliseconds(v.number); }},
    {kTracing, "childSpanTimeout", Expected::Milliseconds,
     [](S& s, const V& v) { s.route.timeouts.child_span = milliseconds(v.number); }},
    {kTracing, "detectRedirects", Expected::Boolean,
     [](S& s, const V& v) { s.route.detect_redirects = v.number != 0; }},
    {kTracing, "markBackgroundSpan", Expected::Boolean,
     [](S& s, const V& v) { s.route.mark_background_span = v.number != 0; }},
    {kTracing, "linkPreviousTrace", Expected::LinkMode,
     [](S& s, const V& v) {
       s.route.link_previous_trace = v.text == "off"         ? LinkPreviousTrace::Off
                                     : v.text == "in-memory" ? LinkPreviousTrace::InMemory
                                                             : LinkPreviousTrace::SessionStorage;
     }},
    {kTracing, "consistentTraceSampling", Expected::Boolean,
     [](S& s, const V& v) { s.route.consistent_trace_sampling = v.number != 0; }},
    {kTracing, "enableReportPageLoaded", Expected::Boolean,
     [](S& s, const V& v) { s.route.enable_report_page_loaded = v.number != 0; }},
    {kTracing, "enableHTTPTimings", Expected::Boolean, nullptr},
    {kTracing, "trackFetchStreamPerformance", Expected::Boolean, nullptr},
    {kTracing, "enableInteractions", Expected::Boolean, nullptr},
    {kTracing, "beforeStartSpan", Expected::Function, nullptr},
    {kTracing, "shouldCreateSpanForRequest", Expected::Function, nullptr},
    {kTracing, "onRequestSpanStart", Expected::Function, nullptr},
    {kTracing, "onRequestSpanEnd", Expected::Function, nullptr},
});

// In one table, which is searched from its start.
constexpr auto kAll = [] {
  std::array<OptionRule, kPropagationOptions.size() + kMore.size()> all{};
  std::copy(kMore.begin(), kMore.end(),
            std::copy(kPropagationOptions.begin(), kPropagationOptions.end(), all.begin()));
  return all;
}();

// Options that only the host knows, and those of the peer that belong to other products; nothing is
// said about them.
constexpr char kNotOurs[] =
    " replaysSessionSampleRate replaysOnErrorSampleRate profilesSampleRate profileLifecycle"
    " profileSessionSampleRate enableLogs enableMetrics beforeSendLog beforeSendMetric"
    " beforeBreadcrumb maxBreadcrumbs ignoreErrors allowUrls denyUrls sampleRate attachStacktrace "
    "initialScope defaultIntegrations _experiments ";

// Number of edits (insert, delete, replace) between two short texts.
std::size_t edits(Text a, Text b) {
  std::array<std::uint8_t, 48> row{};
  if (a.size() >= row.size() || b.size() >= row.size()) return row.size();
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint8_t corner = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint8_t replaced = corner + (to_lower(a[i]) == to_lower(b[j]) ? 0 : 1);
      corner = row[j + 1];
      const std::uint8_t moved = std::min(row[j], corner) + 1;
      row[j + 1] = std::min(replaced, moved);
    }
  }
  return row[b.size()];
}

String start_of_finding(OptionGroup group, Text key) {
  String text{group == kClient ? "options." : "browserTracingIntegration."};
  return text.append(key).append(": ");
}

}  // namespace

OptionRules known_options() { return kAll; }

String unknown_option(OptionGroup group, Text key) {
  String other(" ");
  if (Text{kNotOurs}.find(other.append(key).append(" ")) != Text::npos) return {};
  String finding = start_of_finding(group, key).append("not known; ignored");
  const OptionRule* nearest = nullptr;
  std::size_t distance = 4;
  for (const OptionRule& rule : kAll) {
    if (rule.group != group) continue;
    if (const std::size_t d = edits(rule.key, key); d < distance) {
      nearest = &rule;
      distance = d;
    }
  }
  if (nearest != nullptr) finding.append(". Did you mean ").append(nearest->key).append("?");
  return finding;
}

String unusable_option(const OptionRule& rule, const OptionValue& got, const char* now) {
  String text = start_of_finding(rule.group, rule.key).append("expected ");
  text.append(kExpected[static_cast<std::size_t>(rule.expected)]).append(", got ");
  const char* quote = got.kind == OptionValue::Kind::Text ? "\"" : "";
  return text.append(quote).append(got.text).append(quote).append("; ").append(now);
}

Text missing_dsn() { return "options.dsn: not set; nothing is sent, headers still work\n"; }

Text missing_targets() {
  return "options.tracePropagationTargets: not set; headers go to the page's own origin only\n";
}

}  // namespace throughline
