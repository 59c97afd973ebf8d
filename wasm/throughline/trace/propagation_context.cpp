#include "throughline/trace/propagation_context.h"

#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"
#include "throughline/wire/traceparent.h"

namespace throughline {
namespace {

constexpr char kSampleRand[] = "sample_rand";
constexpr double kSteps = 1e6;  // six decimals

// What goes out as sample_rand: the incoming text where the number was taken from it, so that
// it stays the same to the last digit.
String sample_rand_text(const Dsc& dsc, double value) {
  const std::optional<Text> incoming = dsc.get(kSampleRand);
  Text number;
  if (incoming && leading_number(*incoming, &number) == value) return String{number};
  return decimal_text(value);
}

}  // namespace

[[gnu::noinline]] PropagationContext::PropagationContext() = default;
[[gnu::noinline]] PropagationContext::PropagationContext(PropagationContext&& other) noexcept =
    default;
[[gnu::noinline]] PropagationContext& PropagationContext::operator=(
    PropagationContext&& other) noexcept = default;
[[gnu::noinline]] PropagationContext::PropagationContext(const PropagationContext& other) = default;
[[gnu::noinline]] PropagationContext& PropagationContext::operator=(
    const PropagationContext& other) = default;
[[gnu::noinline]] PropagationContext::~PropagationContext() = default;

PropagationContext fresh_context(Random& random) {
  PropagationContext context;
  context.trace_id = make_trace_id(random);
  context.sample_rand = draw_sample_rand(random);
  return context;
}

Incoming incoming_context(const IncomingHeaders& headers, const ClientOptions& options,
                          Random& random) {
  Incoming incoming;
  std::optional<RemoteParent> parent = parse_sentry_trace(headers.sentry_trace);
  Members members;
  if (parent) {
    parse_baggage(headers.baggage, members);
  } else if (options.continue_traceparent) {
    // Its DSC is empty: baggage speaks for the sentry-trace it came with.
    if (const std::optional<Traceparent> other = parse_traceparent(headers.traceparent)) {
      parent = RemoteParent{other->trace_id, other->parent_id, other->sampled()};
      incoming.by_traceparent = true;
    }
  }
  if (!parent) {
    incoming.continuation =
        headers.sentry_trace.empty() ? Continuation::Absent : Continuation::Malformed;
    incoming.context = fresh_context(random);
    return incoming;
  }
  // Without one of its own the trace gets an empty one: we may not invent it.
  Dsc dsc = dsc_of(members).value_or(Dsc{});
  if (!may_continue(dsc.get("org_id"), options)) {
    incoming.continuation = Continuation::Organisation;
    incoming.context = fresh_context(random);
    return incoming;
  }
  incoming.continuation = Continuation::Continued;
  PropagationContext& context = incoming.context;
  context.trace_id = parent->trace_id;
  context.parent_span_id = parent->span_id;
  context.sampled = parent->sampled;
  context.sample_rand = derive_sample_rand(&dsc, parent->sampled, random);
  if (!dsc.empty()) dsc.set(kSampleRand, sample_rand_text(dsc, context.sample_rand));
  context.dsc = std::move(dsc);
  return incoming;
}

bool may_continue(std::optional<Text> incoming_org_id, const ClientOptions& options) {
  const Text own = options.own_org_id();
  const Text incoming = incoming_org_id.value_or(Text{});
  if (incoming == own) return true;
  const bool both_known = !incoming.empty() && !own.empty();
  return !both_known && !options.strict_trace_continuation;
}

double draw_sample_rand(Random& random) {
  std::uint8_t bytes[8];
  random.fill(bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  // floor(number * 10^6 / 2^64), in two halves: the product does not fit into 64 bits.
  constexpr std::uint64_t kWhole = 1000000;
  const std::uint64_t low = (number & 0xFFFFFFFF) * kWhole >> 32;
  return static_cast<double>(((number >> 32) * kWhole + low) >> 32) / kSteps;
}

double derive_sample_rand(const Dsc* dsc, std::optional<bool> sampled, Random& random) {
  const auto rate_of = [&](Text key) {
    const std::optional<Text> text = dsc != nullptr ? dsc->get(key) : std::nullopt;
    return text ? valid_rate(*text) : std::nullopt;
  };
  const std::optional<double> incoming = rate_of(kSampleRand);
  if (incoming) return *incoming;

  const double drawn = draw_sample_rand(random);
  const double rate = rate_of("sample_rate").value_or(0);
  return rate == 0 || !sampled ? drawn : fit_sample_rand(drawn, rate, *sampled);
}

double fit_sample_rand(double drawn, double rate, bool sampled) {
  // Cut off below the rate, rounded up above it: six decimals never flip `rand < rate`.
  if (sampled) return static_cast<double>(whole_part(drawn * rate, kSteps)) / kSteps;
  const double above = rate + drawn * (1 - rate);
  const double steps = static_cast<double>(whole_part(above, kSteps));
  const double rounded = (steps / kSteps < above ? steps + 1 : steps) / kSteps;
  return rounded < 1 ? rounded : (kSteps - 1) / kSteps;
}

}  // namespace throughline
