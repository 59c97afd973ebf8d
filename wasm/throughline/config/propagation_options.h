// The options that propagation goes by.
#pragma once

#include <array>

#include "throughline/config/option_rules.h"

namespace throughline {

inline constexpr auto kPropagationOptions = std::to_array<OptionRule>({
    {OptionGroup::Client, "dsn", Expected::Dsn, nullptr},
    {OptionGroup::Client, "release", Expected::Text,
     [](Settings& s, const OptionValue& v) { s.client.release = v.text; }},
    {OptionGroup::Client, "environment", Expected::Text,
     [](Settings& s, const OptionValue& v) {
       if (!v.text.empty()) s.client.environment = v.text;
     }},
    {OptionGroup::Client, "enabled", Expected::Boolean,
     [](Settings& s, const OptionValue& v) { s.client.enabled = v.number != 0; }},
    {OptionGroup::Client, "tracePropagationTargets", Expected::Targets, nullptr},
    {OptionGroup::Client, "tracingOrigins", Expected::Targets, nullptr},
    {OptionGroup::Client, "propagateTraceparent", Expected::Boolean,
     [](Settings& s, const OptionValue& v) { s.client.propagate_traceparent = v.number != 0; }},
    {OptionGroup::Client, "continueTraceparent", Expected::Boolean,
     [](Settings& s, const OptionValue& v) { s.client.continue_traceparent = v.number != 0; }},
    {OptionGroup::Client, "strictTraceContinuation", Expected::Boolean,
     [](Settings& s, const OptionValue& v) { s.client.strict_trace_continuation = v.number != 0; }},
    {OptionGroup::Client, "orgId", Expected::Text,
     [](Settings& s, const OptionValue& v) { s.client.org_id = v.text; }},
    {OptionGroup::BrowserTracing, "tracePropagationTargets", Expected::Targets, nullptr},
    {OptionGroup::BrowserTracing, "tracingOrigins", Expected::Targets, nullptr},
});

}  // namespace throughline
