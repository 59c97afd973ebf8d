// Rates, decisions, incoming contexts and the contents of dynamic sampling contexts.
#include "cases_runner/families.h"
#include "cases_runner/sampling_options.h"
#include "cases_runner/values.h"
#include "native/support/fixed_random.h"
#include "throughline/trace/propagation_context.h"
#include "throughline/trace/sampling.h"

namespace throughline::cases {
namespace {

Outcome run_rate(const Json& in, const Json& out) {
  const ClientOptions options = client_options({{"tracesSampleRate", member(in, "rate")}});
  return compare(out, json_of(options.traces_sample_rate));
}

Outcome run_decision(const Json& in, const Json& out) {
  const Json& given = member(in, "options");
  const Json& context = member(in, "ctx");
  SamplingInput input;
  input.parent_sampled = flag_of(member(context, "parentSampled"));
  input.sample_rand = number_of(member(in, "sampleRand")).value_or(0);
  input.sampler_rate = sampler_rate(member(given, "sampler"), input.parent_sampled,
                                    number_of(member(context, "parentSampleRate")));
  const SamplingDecision decision = decide_sampling(client_options(given), input);
  return compare(out, {{"sampled", decision.sampled},
                       {"sampleRate", json_of(decision.rate)},
                       {"localRateApplied", decision.local_rate_applied}});
}

Outcome run_incoming(const Json& in, const Json& out) {
  FixedRandom random(next_random(number_of(member(in, "random")).value_or(0)));
  const Incoming incoming = incoming_context(
      {text_of(member(in, "sentryTrace")), text_of(member(in, "baggage")), {}}, {}, random);
  const PropagationContext& context = incoming.context;
  return compare(out, {{"continued", incoming.continuation == Continuation::Continued},
                       {"parentSpanId", json_of(context.parent_span_id)},
                       {"sampled", json_of(context.sampled)},
                       {"sampleRand", context.sample_rand},
                       {"dsc", json_of(context.dsc)}});
}

Outcome run_organisation(const Json& in, const Json& out) {
  Dsc dsc;
  dsc.set("org_id", text_of(member(in, "baggageOrgId")));
  const ClientOptions options = client_options({{"dsn", member(in, "dsn")},
                                                {"orgId", member(in, "orgId")},
                                                {"strictTraceContinuation", member(in, "strict")}});
  FixedRandom random;
  const Incoming incoming = incoming_context(
      {"771a43a4192642f0b136d5159a501700-7b6f1e2d3c4a5968", format_dsc(dsc), {}}, options, random);
  return compare(out, incoming.continuation == Continuation::Continued);
}

}  // namespace

Outcome run_sampling(const Json& test_case) {
  const std::string group = text_of(member(test_case, "group"));
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  if (group == "rate validity") return run_rate(in, out);
  if (group == "tracing enabled") {
    return compare(out, client_options(member(in, "options")).tracing_enabled());
  }
  if (group == "rate decision" || group == "sampler decision") return run_decision(in, out);
  if (group == "incoming context") return run_incoming(in, out);
  if (group == "org continuation") return run_organisation(in, out);
  if (group == "dsc") return run_dsc(in, out);
  return skip("not supported yet: " + group);
}

}  // namespace throughline::cases
