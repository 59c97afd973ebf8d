#include "throughline/config/option_reader.h"

#include <array>

#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"

namespace throughline {
namespace {

using Kind = OptionValue::Kind;

bool fits(Expected expected, const OptionValue& value) {
  switch (expected) {
    case Expected::Boolean:
      return value.kind == Kind::Boolean;
    case Expected::Text:
    case Expected::Dsn:
      return value.kind == Kind::Text;
    case Expected::Milliseconds:
    case Expected::Count:
      // Beyond a year it is no time-out, and no number of things either; NaN fails both
      // comparisons.
      return value.kind == Kind::Number && value.number >= 0 && value.number < 3e10;
    case Expected::LinkMode:
      return value.kind == Kind::Text &&
             (value.text == "in-memory" || value.text == "session-storage" || value.text == "off");
    case Expected::Function:
      return value.kind == Kind::Function;
    case Expected::Object:
      return value.kind == Kind::Other;
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

void keep(Settings& settings, const OptionRule& rule, const OptionValue& value) {
  if (rule.expected == Expected::Boolean) {
    kept_at<bool>(settings, rule) = value.number != 0;
  } else if (rule.expected == Expected::Text) {
    // An empty one is none.
    if (!value.text.empty()) kept_at<Text>(settings, rule) = value.text;
  } else {
    keep_other(settings, rule, value);
  }
}

std::size_t list_of(OptionGroup group, Text key) {
  return 2 * static_cast<std::size_t>(group) + (key == "tracingOrigins" ? 1 : 0);
}

const OptionRule* rule_of(OptionGroup group, Text key) {
  auto [rules, keys] = known_options();
  for (const OptionRule& rule : rules) {
    if (cut(keys, ' ') == key && rule.group == group) return &rule;
  }
  return nullptr;
}

}  // namespace

String OptionReader::read(OptionGroup group, Text key, const OptionValue& value) {
  if (value.kind == Kind::Absent) return {};
  const OptionRule* rule = rule_of(group, key);
  if (rule == nullptr) return unknown_option(group, key);
  if (rule->expected == Expected::Rate) {
    settings_.client.traces_sample_rate_given = true;
    settings_.client.traces_sample_rate = rate_of(value);
    if (settings_.client.traces_sample_rate) return {};
    return unusable_option(*rule, key, value, "no trace is sampled");
  }
  if (rule->expected == Expected::Targets) {
    // Given twice, the later one counts, usable or not.
    TargetList& list = kept_[turn_].lists[list_of(group, key)];
    list.entries.clear();
    list.given = fits(rule->expected, value);
    if (list.given) return {};
    if (!read_target(group, key, value).empty()) {
      return unusable_option(*rule, key, value, "as if it were not set");
    }
    return unusable_option(*rule, key, value, "taken as a list of one");
  }
  if (rule->expected == Expected::Dsn) dsn_given_ = true;
  // An organisation id is often written as a number.
  const bool number_as_text = rule->expected == Expected::Text && value.kind == Kind::Number;
  if (!fits(rule->expected, value) && !number_as_text) {
    return unusable_option(*rule, key, value, "as if it were not set");
  }
  OptionValue kept = value;
  kept.text = kept_[turn_].texts.copy(value.text);
  if (rule->expected == Expected::Dsn) {
    Result<Dsn> dsn = parse_dsn(kept.text);
    if (!dsn) return unusable_option(*rule, key, value, "nothing is sent, headers still work");
    settings_.client.dsn = *dsn;
  }
  if (rule->offset != kNotKept) keep(settings_, *rule, kept);
  return {};
}

String OptionReader::read_target(OptionGroup group, Text key, const OptionValue& entry) {
  const bool host_side = entry.kind == Kind::RegExp || entry.kind == Kind::Function;
  TargetList& list = kept_[turn_].lists[list_of(group, key)];
  if (!host_side && entry.kind != Kind::Text) {
    // The host counts every entry; one that never matches keeps its place.
    if (list.given) list.entries.push_back({true, {}});
    const OptionRule* rule = rule_of(group, key);
    return rule != nullptr ? unusable_option(*rule, key, entry, "this entry is left out")
                           : unknown_option(group, key);
  }
  list.given = true;
  list.entries.push_back({host_side, host_side ? Text{} : kept_[turn_].texts.copy(entry.text)});
  return {};
}

OptionReader::Checked OptionReader::finish(const SdkInfo& sdk) {
  Checked checked;
  Kept& kept = kept_[turn_];
  // Those of a transport do not count.
  for (std::size_t i = list_of(OptionGroup::Transport, {}); i-- > 0;) {
    const TargetList& list = kept.lists[i];
    if (!list.given) continue;
    settings_.client.trace_propagation_targets = {list.entries.begin(), list.entries.size()};
    checked.target_list = static_cast<int>(i);
  }
  if (!dsn_given_) checked.findings.append(missing_dsn());
  if (checked.target_list < 0) checked.findings.append(missing_targets());
  // Both come with the integration, as page loads and navigations do.
  if (sdk.integrations.find("BrowserTracing") == Text::npos) {
    settings_.route.link_previous_trace = LinkPreviousTrace::Off;
    settings_.route.mark_background_span = false;
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
