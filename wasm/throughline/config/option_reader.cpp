#include "throughline/config/option_reader.h"

#include <algorithm>

#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"

namespace throughline {
namespace {

using Kind = OptionValue::Kind;

enum class Expected { Boolean, Text, Milliseconds, Rate, Dsn, Function, List, Targets };

// What a finding says was expected, by Expected.
constexpr std::array<const char*, 8> kExpected = {"a boolean",
                                                  "a string",
                                                  "milliseconds from 0",
                                                  "a number from 0 to 1",
                                                  "a DSN",
                                                  "a function",
                                                  "a list",
                                                  "a list of strings, RegExps or functions"};

struct Rule {
  OptionGroup group;
  const char* key;
  Expected expected;
  // Null: the host reads it; only its type is checked here.
  void (*set)(Settings&, const OptionValue&);
};

using S = Settings;
using V = OptionValue;
constexpr auto kClient = OptionGroup::Client;
constexpr auto kTracing = OptionGroup::BrowserTracing;

constexpr auto kRules = std::to_array<Rule>({
    {kClient, "dsn", Expected::Dsn, nullptr},
    {kClient, "tunnel", Expected::Text, [](S& s, const V& v) { s.client.tunnel = v.text; }},
    {kClient, "release", Expected::Text, [](S& s, const V& v) { s.client.release = v.text; }},
    {kClient, "environment", Expected::Text,
     [](S& s, const V& v) { s.client.environment = v.text; }},
    {kClient, "dist", Expected::Text, [](S& s, const V& v) { s.client.dist = v.text; }},
    {kClient, "enabled", Expected::Boolean,
     [](S& s, const V& v) { s.client.enabled = v.number != 0; }},
    {kClient, "debug", Expected::Boolean, [](S& s, const V& v) { s.client.debug = v.number != 0; }},
    {kClient, "tracesSampleRate", Expected::Rate, nullptr},
    {kClient, "tracesSampler", Expected::Function,
     [](S& s, const V&) { s.client.has_traces_sampler = true; }},
    {kClient, "tracePropagationTargets", Expected::Targets, nullptr},
    {kClient, "tracingOrigins", Expected::Targets, nullptr},
    {kClient, "propagateTraceparent", Expected::Boolean,
     [](S& s, const V& v) { s.client.propagate_traceparent = v.number != 0; }},
    {kClient, "continueTraceparent", Expected::Boolean,
     [](S& s, const V& v) { s.client.continue_traceparent = v.number != 0; }},
    {kClient, "strictTraceContinuation", Expected::Boolean,
     [](S& s, const V& v) { s.client.strict_trace_continuation = v.number != 0; }},
    {kClient, "orgId", Expected::Text, [](S& s, const V& v) { s.client.org_id = v.text; }},
    {kClient, "parentSpanIsAlwaysRootSpan", Expected::Boolean,
     [](S& s, const V& v) { s.client.parent_span_is_always_root_span = v.number != 0; }},
    {kClient, "sendClientReports", Expected::Boolean,
     [](S& s, const V& v) { s.client.send_client_reports = v.number != 0; }},
    {kClient, "sendDefaultPii", Expected::Boolean,
     [](S& s, const V& v) { s.client.send_default_pii = v.number != 0; }},
    {kClient, "integrations", Expected::List, nullptr},
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
    {kTracing, "instrumentPageLoad", Expected::Boolean, nullptr},
    {kTracing, "instrumentNavigation", Expected::Boolean, nullptr},
    {kTracing, "traceFetch", Expected::Boolean, nullptr},
    {kTracing, "traceXHR", Expected::Boolean, nullptr},
    {kTracing, "shouldCreateSpanForRequest", Expected::Function, nullptr},
    {kTracing, "tracePropagationTargets", Expected::Targets, nullptr},
    {kTracing, "tracingOrigins", Expected::Targets, nullptr},
});

// Options of the peer that belong to other products; ignored without a word.
constexpr char kOtherProducts[] =
    " replaysSessionSampleRate replaysOnErrorSampleRate profilesSampleRate profileLifecycle"
    " profileSessionSampleRate enableLogs enableMetrics beforeSendLog beforeSendMetric beforeSend"
    " beforeBreadcrumb ignoreErrors allowUrls denyUrls sampleRate attachStacktrace ";

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

const Rule* rule_of(OptionGroup group, Text key) {
  for (const Rule& rule : kRules) {
    if (rule.group == group && Text{rule.key} == key) return &rule;
  }
  return nullptr;
}

String start_of_finding(OptionGroup group, Text key) {
  String text{group == kClient ? "options." : "browserTracingIntegration."};
  return text.append(key).append(": ");
}

String unknown(OptionGroup group, Text key) {
  String other(" ");
  if (Text{kOtherProducts}.find(other.append(key).append(" ")) != Text::npos) return {};
  String finding = start_of_finding(group, key).append("not known; ignored");
  const Rule* nearest = nullptr;
  std::size_t distance = 4;
  for (const Rule& rule : kRules) {
    if (rule.group != group) continue;
    if (const std::size_t d = edits(rule.key, key); d < distance) {
      nearest = &rule;
      distance = d;
    }
  }
  if (nearest != nullptr) finding.append(". Did you mean ").append(nearest->key).append("?");
  return finding;
}

bool fits(Expected expected, const OptionValue& value) {
  switch (expected) {
    case Expected::Boolean:
      return value.kind == Kind::Boolean;
    case Expected::Text:
    case Expected::Dsn:
      return value.kind == Kind::Text;
    case Expected::Milliseconds:
      // Beyond a year it is no time-out; NaN fails both comparisons.
      return value.kind == Kind::Number && value.number >= 0 && value.number < 3e10;
    case Expected::Function:
      return value.kind == Kind::Function;
    case Expected::List:
      return value.kind == Kind::List || value.kind == Kind::Function;
    case Expected::Rate:
    case Expected::Targets:
      return value.kind == Kind::List;
  }
  return false;
}

std::optional<double> rate_of(const OptionValue& value) {
  if (value.kind == Kind::Boolean || value.kind == Kind::Number) return valid_rate(value.number);
  return value.kind == Kind::Text ? valid_rate(value.text) : std::nullopt;
}

String finding_of(const Rule& rule, const OptionValue& got, const char* now) {
  String text = start_of_finding(rule.group, rule.key).append("expected ");
  text.append(kExpected[static_cast<std::size_t>(rule.expected)]).append(", got ");
  const char* quote = got.kind == Kind::Text ? "\"" : "";
  return text.append(quote).append(got.text).append(quote).append("; ").append(now);
}

std::size_t list_of(OptionGroup group, Text key) {
  return 2 * static_cast<std::size_t>(group) + (key == "tracingOrigins" ? 1 : 0);
}

}  // namespace

String OptionReader::read(OptionGroup group, Text key, const OptionValue& value) {
  if (value.kind == Kind::Absent) return {};
  const Rule* rule = rule_of(group, key);
  if (rule == nullptr) return unknown(group, key);
  if (rule->expected == Expected::Rate) {
    settings_.client.traces_sample_rate_given = true;
    settings_.client.traces_sample_rate = rate_of(value);
    if (settings_.client.traces_sample_rate) return {};
    return finding_of(*rule, value, "no trace is sampled");
  }
  if (rule->expected == Expected::Targets) {
    // Given twice, the later one counts, usable or not.
    TargetList& list = kept_[turn_].lists[list_of(group, key)];
    list.entries.clear();
    list.given = fits(rule->expected, value);
    if (list.given) return {};
    if (!read_target(group, key, value).empty()) {
      return finding_of(*rule, value, "as if it were not set");
    }
    return finding_of(*rule, value, "taken as a list of one");
  }
  if (rule->expected == Expected::Dsn) dsn_given_ = true;
  // An organisation id is often written as a number.
  const bool number_as_text = rule->expected == Expected::Text && value.kind == Kind::Number;
  if (!fits(rule->expected, value) && !number_as_text) {
    return finding_of(*rule, value, "as if it were not set");
  }
  OptionValue kept = value;
  kept.text = kept_[turn_].texts.copy(value.text);
  if (rule->expected == Expected::Dsn) {
    Result<Dsn> dsn = parse_dsn(kept.text);
    if (!dsn) return finding_of(*rule, value, "nothing is sent, headers still work");
    settings_.client.dsn = *dsn;
  }
  if (rule->set != nullptr) rule->set(settings_, kept);
  return {};
}

String OptionReader::read_target(OptionGroup group, Text key, const OptionValue& entry) {
  const bool host_side = entry.kind == Kind::RegExp || entry.kind == Kind::Function;
  TargetList& list = kept_[turn_].lists[list_of(group, key)];
  if (!host_side && entry.kind != Kind::Text) {
    // The host counts every entry; one that never matches keeps its place.
    if (list.given) list.entries.push_back({true, {}});
    const Rule* rule = rule_of(group, key);
    return rule != nullptr ? finding_of(*rule, entry, "this entry is left out")
                           : unknown(group, key);
  }
  list.given = true;
  list.entries.push_back({host_side, host_side ? Text{} : kept_[turn_].texts.copy(entry.text)});
  return {};
}

OptionReader::Checked OptionReader::finish(const SdkInfo& sdk) {
  Checked checked;
  Kept& kept = kept_[turn_];
  for (std::size_t i = kept.lists.size(); i-- > 0;) {
    const TargetList& list = kept.lists[i];
    if (!list.given) continue;
    settings_.client.trace_propagation_targets = {list.entries.begin(), list.entries.size()};
    checked.target_list = static_cast<int>(i);
  }
  if (!dsn_given_) {
    checked.findings.append("options.dsn: not set; nothing is sent, headers still work\n");
  }
  if (checked.target_list < 0) {
    checked.findings.append(
        "options.tracePropagationTargets: not set; headers go to the page's own origin only\n");
  }
  settings_.sdk = {kept.texts.copy(sdk.name), kept.texts.copy(sdk.version),
                   kept.texts.copy(sdk.package), kept.texts.copy(sdk.integrations)};
  checked.settings = settings_;
  settings_ = {};
  dsn_given_ = false;
  turn_ = (turn_ + 1) % kept_.size();
  kept_[turn_].texts.clear();
  for (TargetList& list : kept_[turn_].lists) {
    list.given = false;
    list.entries.clear();
  }
  return checked;
}

}  // namespace throughline
