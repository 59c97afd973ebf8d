// Traces that are continued or not, and sampled or not.
#include "fuzz/answers/answers.h"
#include "native/support/fixed_random.h"
#include "throughline/config/option_reader.h"
#include "throughline/config/rate.h"
#include "throughline/trace/propagation_context.h"
#include "throughline/trace/sampling.h"

namespace throughline::fuzz {
namespace {

// A value of the host: the name of its type, then the number or text that it has, if it has one.
OptionValue value_of(Question& in) {
  using Kind = OptionValue::Kind;
  const Text type = in.text();
  if (type == "boolean") return {Kind::Boolean, in.number(), {}};
  if (type == "number") return {Kind::Number, in.number(), {}};
  const Text text = in.text();
  if (type == "string") return {Kind::Text, 0, text};
  return {type == "absent" ? Kind::Absent : Kind::Other, 0, {}};
}

std::optional<double> rate_of(const OptionValue& value) {
  using Kind = OptionValue::Kind;
  if (value.kind == Kind::Text) return valid_rate(value.text);
  const bool number = value.kind == Kind::Boolean || value.kind == Kind::Number;
  return number ? valid_rate(value.number) : std::nullopt;
}

}  // namespace

void answer_continuation(Question& in, Answer& out) {
  const Text sentry_trace = in.text();
  const Text baggage = in.text();
  const auto word = FixedRandom::sample_rand(static_cast<std::uint32_t>(in.number()));
  FixedRandom random({word, word, word});
  const Incoming incoming = incoming_context({sentry_trace, baggage, {}}, {}, random);
  const PropagationContext& context = incoming.context;
  out.number(context.sample_rand);
  if (incoming.continuation != Continuation::Continued) return;
  out.text(to_hex(context.trace_id));
  out.text_if_any(context.parent_span_id.is_zero() ? String{} : to_hex(context.parent_span_id));
  out.flag(context.sampled);
  if (context.dsc) out.members(*context.dsc);
}

void answer_organisation(Question& in, Answer& out) {
  const std::optional<Text> incoming = in.next();
  ClientOptions options;
  options.org_id = in.text();
  const Result<Dsn> dsn = parse_dsn(in.text());
  if (dsn) options.dsn = *dsn;
  options.strict_trace_continuation = in.flag().value_or(false);
  out.flag(may_continue(incoming, options));
}

void answer_rate(Question& in, Answer& out) {
  OptionReader reader;
  reader.read(OptionGroup::Client, "tracesSampleRate", value_of(in));
  out.number(reader.finish({}).settings.client.traces_sample_rate);
}

void answer_decision(Question& in, Answer& out) {
  OptionReader reader;
  reader.read(OptionGroup::Client, "tracesSampleRate", value_of(in));
  ClientOptions options = reader.finish({}).settings.client;
  SamplingInput input;
  input.parent_sampled = in.flag();
  input.sample_rand = in.number();
  // Whether there is a sampler and whether it returned: the host knows.
  options.has_traces_sampler = in.flag().value_or(false);
  const bool returned = in.flag().value_or(false);
  if (returned) input.sampler_rate = rate_of(value_of(in));
  input.sampler_threw = options.has_traces_sampler && !returned;
  const SamplingDecision decision = decide_sampling(options, input);
  out.flag(decision.sampled).number(decision.rate).flag(decision.local_rate_applied);
}

}  // namespace throughline::fuzz
