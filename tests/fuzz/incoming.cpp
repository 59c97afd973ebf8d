// A trace that arrives in several texts: whatever they are there is a trace afterwards; the random
// number agrees with the decision that came along; passed on and taken up again, the trace is the
// same one with the same number; the same events give the same result.
#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "native/support/fixed_random.h"
#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"
#include "throughline/trace/propagation_context.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

std::optional<double> rate_in(const Members& members, Text key) {
  const std::optional<Text> text = members.get(key);
  return text ? valid_rate(*text) : std::nullopt;
}

bool same(const PropagationContext& a, const PropagationContext& b) {
  return a.trace_id == b.trace_id && a.sampled == b.sampled && a.sample_rand == b.sample_rand &&
         a.parent_span_id == b.parent_span_id && a.dsc == b.dsc;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const HeapText sentry_trace = input.text();
  const HeapText baggage = input.text();
  const HeapText org_id = input.text();
  const HeapText traceparent = input.text();
  ClientOptions options;
  options.org_id = org_id;
  options.strict_trace_continuation = input.flag();
  options.continue_traceparent = input.flag();
  const std::uint64_t word = std::uint64_t{input.byte()} << 56U | std::uint64_t{input.byte()}
                                                                      << 48U;
  const auto arrive = [&](Text trace, Text members) {
    FixedRandom random({word, word + 1, word});
    return incoming_context({trace, members, traceparent}, options, random);
  };

  const Incoming incoming = arrive(sentry_trace, baggage);
  const PropagationContext& context = incoming.context;
  check(!context.trace_id.is_zero(), "there is a trace");
  check(context.sample_rand >= 0 && context.sample_rand <= 1, "the number is one of 0 to 1");
  check(same(arrive(sentry_trace, baggage).context, context), "the same texts, the same trace");
  if (incoming.continuation != Continuation::Continued) {
    check(!context.dsc && !context.sampled && context.parent_span_id.is_zero(),
          "a fresh trace has nothing of another one");
    return 0;
  }
  const std::optional<RemoteParent> parent = parse_sentry_trace(sentry_trace);
  check(incoming.by_traceparent == !parent, "a usable sentry-trace wins");
  if (incoming.by_traceparent) {
    check(options.continue_traceparent, "traceparent counts only where it is wanted");
    check(context.dsc && context.dsc->empty() && context.sampled.has_value() &&
              !context.parent_span_id.is_zero(),
          "it has a decision and a parent, and no context");
    return 0;
  }
  check(context.trace_id == parent->trace_id, "the trace is the one of the header");
  check(context.dsc.has_value(), "a trace of others has a context, if an empty one");
  Members members;
  parse_baggage(baggage, members);
  const Dsc given = dsc_of(members).value_or(Dsc{});
  const std::optional<double> rate = rate_in(given, "sample_rate");
  if (!rate_in(given, "sample_rand") && rate && *rate > 0 && context.sampled) {
    // Above a rate of 1 there is no number, nor within the last millionth below it, nor one with
    // six decimals below a smaller rate than that but 0.
    const bool room = *context.sampled || *rate <= 0.999999;
    check(!room || (context.sample_rand < *rate) == *context.sampled,
          "the number agrees with the decision");
  }
  if (context.dsc->empty()) return 0;
  const std::optional<Text> number = context.dsc->get("sample_rand");
  check(number && leading_number(*number) == context.sample_rand, "the number is passed on");

  const HeapText header(format_dsc(*context.dsc));
  Members passed;
  parse_baggage(header, passed);
  const std::optional<Dsc> dsc = dsc_of(passed);
  if (!dsc || dsc->size() != context.dsc->size() || context.parent_span_id.is_zero()) return 0;
  const HeapText trace(
      format_sentry_trace(context.trace_id, context.parent_span_id, context.sampled));
  check(same(arrive(trace, header).context, context), "what is passed on is taken up alike");
  return 0;
}
