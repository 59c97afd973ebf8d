// Every option: those of propagation, those of spans and delivery, and those that the host reads,
// of which only the type is checked. And what is said about one that cannot be used.
#include <algorithm>
#include <array>

#include "throughline/base/text_ops.h"
#include "throughline/config/propagation_options.h"

namespace throughline {
namespace {

// What a finding says was expected, by Expected.
constexpr std::array<const char*, 11> kExpected = {"a boolean",
                                                   "a string",
                                                   "milliseconds from 0",
                                                   "a number from 0",
                                                   "a number from 0 to 1",
                                                   "a DSN",
                                                   "a function",
                                                   "a list",
                                                   "a list of strings, RegExps or functions",
                                                   "in-memory, session-storage or off",
                                                   "an object"};

constexpr auto kClient = OptionGroup::Client;
constexpr auto kTracing = OptionGroup::BrowserTracing;
constexpr auto kTransport = OptionGroup::Transport;

constexpr auto kMore = std::to_array<OptionRow>({
    {kClient, Expected::Boolean, offsetof(Settings, client.debug), "debug"},
    {kClient, Expected::List, kNotKept, "integrations"},
    {kTracing, Expected::Boolean, kNotKept, "instrumentPageLoad"},
    {kTracing, Expected::Boolean, kNotKept, "instrumentNavigation"},
    {kTracing, Expected::Boolean, kNotKept, "traceFetch"},
    {kTracing, Expected::Boolean, kNotKept, "traceXHR"},
    {kClient, Expected::Text, offsetof(Settings, client.tunnel), "tunnel"},
    {kClient, Expected::Text, offsetof(Settings, client.dist), "dist"},
    {kClient, Expected::Rate, kNotKept, "tracesSampleRate"},
    {kClient, Expected::Function, offsetof(Settings, client.has_traces_sampler), "tracesSampler"},
    {kClient, Expected::Function, kNotKept, "beforeSend"},
    {kClient, Expected::Function, kNotKept, "beforeSendTransaction"},
    {kClient, Expected::Function, kNotKept, "beforeSendSpan"},
    {kClient, Expected::List, kNotKept, "ignoreTransactions"},
    {kClient, Expected::List, kNotKept, "ignoreSpans"},
    {kClient, Expected::Function, kNotKept, "transport"},
    {kClient, Expected::Object, kNotKept, "transportOptions"},
    {kTransport, Expected::Object, kNotKept, "headers"},
    {kTransport, Expected::Object, kNotKept, "fetchOptions"},
    {kTransport, Expected::Count, offsetof(Settings, client.buffer_size), "bufferSize"},
    {kTransport, Expected::Boolean, kNotKept, "keepAlive"},
    {kClient, Expected::Count, kNotKept, "normalizeDepth"},
    {kClient, Expected::Count, kNotKept, "normalizeMaxBreadth"},
    {kClient, Expected::Boolean, offsetof(Settings, client.parent_span_is_always_root_span),
     "parentSpanIsAlwaysRootSpan"},
    {kClient, Expected::Boolean, offsetof(Settings, client.send_client_reports),
     "sendClientReports"},
    {kClient, Expected::Boolean, offsetof(Settings, client.send_default_pii), "sendDefaultPii"},
    {kTracing, Expected::Milliseconds, offsetof(Settings, route.timeouts.idle), "idleTimeout"},
    {kTracing, Expected::Milliseconds, offsetof(Settings, route.timeouts.final), "finalTimeout"},
    {kTracing, Expected::Milliseconds, offsetof(Settings, route.timeouts.child_span),
     "childSpanTimeout"},
    {kTracing, Expected::Boolean, offsetof(Settings, route.detect_redirects), "detectRedirects"},
    {kTracing, Expected::Boolean, offsetof(Settings, route.mark_background_span),
     "markBackgroundSpan"},
    {kTracing, Expected::LinkMode, offsetof(Settings, route.link_previous_trace),
     "linkPreviousTrace"},
    {kTracing, Expected::Boolean, offsetof(Settings, route.consistent_trace_sampling),
     "consistentTraceSampling"},
    {kTracing, Expected::Boolean, offsetof(Settings, route.enable_report_page_loaded),
     "enableReportPageLoaded"},
    {kTracing, Expected::Boolean, kNotKept, "enableHTTPTimings"},
    {kTracing, Expected::Boolean, kNotKept, "trackFetchStreamPerformance"},
    {kTracing, Expected::Boolean, kNotKept, "enableInteractions"},
    {kTracing, Expected::Function, kNotKept, "beforeStartSpan"},
    {kTracing, Expected::Function, kNotKept, "shouldCreateSpanForRequest"},
    {kTracing, Expected::Function, kNotKept, "onRequestSpanStart"},
    {kTracing, Expected::Function, kNotKept, "onRequestSpanEnd"},
});

// In one table, which is searched from its start.
constexpr auto kAll = [] {
  std::array<OptionRow, kPropagationOptions.size() + kMore.size()> all{};
  std::copy(kMore.begin(), kMore.end(),
            std::copy(kPropagationOptions.begin(), kPropagationOptions.end(), all.begin()));
  return all;
}();

// What the names of options begin with that only the host knows, and of those of the peer that
// belong to other products; nothing is said about them.
constexpr char kNotOurs[] =
    "replays profile enableL enableM beforeSendL beforeSendM beforeB maxB ignoreE allowU denyU "
    "sampleR attachS initialS defaultI _";

bool is_not_ours(Text key) {
  for (Text rest = kNotOurs; !rest.empty();) {
    if (key.starts_with(cut(rest, ' '))) return true;
  }
  return false;
}

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
  String text{group == kClient    ? "options."
              : group == kTracing ? "browserTracingIntegration."
                                  : "transportOptions."};
  return text.append(key).append(": ");
}

}  // namespace

OptionRules known_options() { return PackedOptions<kAll>::all(); }

void keep_other(Settings& settings, const OptionRule& rule, const OptionValue& value) {
  if (rule.expected == Expected::Function) {
    kept_at<bool>(settings, rule) = true;
  } else if (rule.expected == Expected::Milliseconds) {
    kept_at<Duration>(settings, rule) = milliseconds(value.number);
  } else if (rule.expected == Expected::Count) {
    kept_at<double>(settings, rule) = value.number;
  } else {
    settings.route.link_previous_trace = value.text == "off" ? LinkPreviousTrace::Off
                                         : value.text == "in-memory"
                                             ? LinkPreviousTrace::InMemory
                                             : LinkPreviousTrace::SessionStorage;
  }
}

String unknown_option(OptionGroup group, Text key) {
  if (is_not_ours(key)) return {};
  String finding = start_of_finding(group, key).append("not known; ignored");
  Text nearest;
  std::size_t distance = 4;
  auto [rules, keys] = known_options();
  for (const OptionRule& rule : rules) {
    const Text name = cut(keys, ' ');
    if (rule.group != group) continue;
    if (const std::size_t d = edits(name, key); d < distance) {
      nearest = name;
      distance = d;
    }
  }
  if (!nearest.empty()) finding.append(". Did you mean ").append(nearest).append("?");
  return finding;
}

String unusable_option(const OptionRule& rule, Text key, const OptionValue& got, const char* now) {
  String text = start_of_finding(rule.group, key).append("expected ");
  text.append(kExpected[static_cast<std::size_t>(rule.expected)]).append(", got ");
  const char* quote = got.kind == OptionValue::Kind::Text ? "\"" : "";
  return text.append(quote).append(got.text).append(quote).append("; ").append(now);
}

Text missing_dsn() { return "options.dsn: not set; nothing is sent, headers still work\n"; }

Text missing_targets() {
  return "options.tracePropagationTargets: not set; headers go to the page's own origin only\n";
}

}  // namespace throughline
