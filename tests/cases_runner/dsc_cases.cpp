// The dynamic sampling context and the flag that go out with a root span, or without one.
#include "cases_runner/families.h"
#include "cases_runner/sampling_options.h"
#include "cases_runner/values.h"
#include "native/support/fixed_random.h"
#include "throughline/context/tracer.h"
#include "throughline/trace/dynamic_sampling_context.h"
#include "throughline/trace/sampling.h"

namespace throughline::cases {
namespace {

constexpr std::size_t kMaxSpanBytes = 1 << 20;
constexpr double kNextRandom = 0.25;
constexpr std::string_view kTraceId = "771a43a4192642f0b136d5159a501700";

struct Sent {
  Dsc dsc;
  std::optional<bool> sampled;
};

// Without a sampler: a root as the tracer makes it, and perhaps a child, in whose place the
// same is asked.
Sent sent_with_root(Tracer& tracer, Scope& scope, const Json& in) {
  std::vector<AttributeInput> attributes;
  std::vector<std::string> texts;
  const Json& given = member(in, "attributes");
  // The views must outlive the call.
  texts.reserve(given.size());
  for (const auto& [key, value] : given.items()) {
    texts.push_back(text_of(value));
    attributes.push_back({key, AttributeValue::of(std::string_view{texts.back()})});
  }
  const std::string name = has(in, "name") ? text_of(member(in, "name")) : "root";
  const StartedSpan started =
      tracer.start(scope, {}, {.name = name, .attributes = attributes}, UnixTime{});
  SpanRecord* root = tracer.store().find(started.root);
  if (root == nullptr) return {tracer.dsc(scope), scope.propagation.sampled};
  if (has(in, "rename")) {
    const std::string renamed = text_of(member(in, "rename"));
    tracer.set_name(*root, renamed);
    tracer.set_attribute(*root, "sentry.source", AttributeValue::of(std::string_view{"custom"}));
  }
  if (member(in, "child") == true) {
    const StartedSpan child =
        tracer.start(scope, {}, {.name = "child", .parent = started.handle}, UnixTime{});
    root = tracer.store().find(child.root);
  }
  return {tracer.dsc(*root->root), root->root->sampled};
}

// With a sampler, which the tracer does not take yet: from the same parts.
Sent sent_with_sampler(const ClientOptions& options, const PropagationContext& context,
                       const Json& sampler) {
  SamplingInput input;
  input.parent_sampled = context.sampled;
  input.sample_rand = context.sample_rand;
  input.sampler_rate = sampler_rate(sampler, context.sampled, std::nullopt);
  const SamplingDecision decision = decide_sampling(options, input);
  RootFacts root;
  root.name = "root";
  root.sampled = decision.sampled;
  root.sample_rand = context.sample_rand;
  if (decision.local_rate_applied) root.sample_rate = decision.rate;
  return {dsc_of_root(options, context.trace_id, context.dsc, root), decision.sampled};
}

// As carried by baggage: written and read again.
Json carried(const Dsc& dsc, const TraceId& fresh) {
  Members members;
  parse_baggage(format_dsc(dsc), members);
  Json map = json_of(dsc_of(members));
  if (map.is_object() && member(map, "trace_id") == to_hex(fresh)) map["trace_id"] = "$fresh";
  return map;
}

Json flag_text(std::optional<bool> sampled) {
  if (!sampled) return nullptr;
  return *sampled ? "1" : "0";
}

}  // namespace

Outcome run_dsc(const Json& in, const Json& out) {
  const Json& given = member(in, "options");
  const ClientOptions options = client_options(given);
  FixedRandom random(next_random(kNextRandom));
  Scope scope;
  TraceId fresh;
  if (has(in, "incoming")) {
    const Json& incoming = member(in, "incoming");
    const Incoming found = incoming_context(
        {text_of(member(incoming, "sentryTrace")), text_of(member(incoming, "baggage")), {}},
        options, random);
    scope.change(found.context, Reason::ContinuedMeta);
    if (found.continuation != Continuation::Continued) fresh = found.context.trace_id;
  } else {
    PropagationContext context = fresh_context(random);
    context.trace_id = parse_trace_id(kTraceId).value_or(TraceId{});
    scope.change(context, Reason::FreshTrace);
  }

  LossCounts losses;
  SpanStore store(losses, kMaxSpanBytes);
  Tracer tracer(options, store, losses, random);
  Sent sent{tracer.dsc(scope), scope.propagation.sampled};
  if (has(given, "sampler")) {
    sent = sent_with_sampler(options, scope.propagation, member(given, "sampler"));
  } else if (member(in, "noSpan") != true) {
    sent = sent_with_root(tracer, scope, in);
  }
  return compare(out,
                 {{"baggage", carried(sent.dsc, fresh)}, {"sampledFlag", flag_text(sent.sampled)}});
}

}  // namespace throughline::cases
