// The options that propagation goes by.
#pragma once

#include <array>

#include "throughline/config/option_rules.h"

namespace throughline {

inline constexpr auto kPropagationOptions = std::to_array<OptionRow>({
    {OptionGroup::Client, Expected::Dsn, kNotKept, "dsn"},
    {OptionGroup::Client, Expected::Text, offsetof(Settings, client.release), "release"},
    {OptionGroup::Client, Expected::Text, offsetof(Settings, client.environment), "environment"},
    {OptionGroup::Client, Expected::Boolean, offsetof(Settings, client.enabled), "enabled"},
    {OptionGroup::Client, Expected::Targets, kNotKept, "tracePropagationTargets"},
    {OptionGroup::Client, Expected::Targets, kNotKept, "tracingOrigins"},
    {OptionGroup::Client, Expected::Boolean, offsetof(Settings, client.propagate_traceparent),
     "propagateTraceparent"},
    {OptionGroup::Client, Expected::Boolean, offsetof(Settings, client.continue_traceparent),
     "continueTraceparent"},
    {OptionGroup::Client, Expected::Boolean, offsetof(Settings, client.strict_trace_continuation),
     "strictTraceContinuation"},
    {OptionGroup::Client, Expected::Text, offsetof(Settings, client.org_id), "orgId"},
    {OptionGroup::BrowserTracing, Expected::Targets, kNotKept, "tracePropagationTargets"},
    {OptionGroup::BrowserTracing, Expected::Targets, kNotKept, "tracingOrigins"},
});

}  // namespace throughline
