#include "cases_runner/sampling_options.h"

#include <deque>

#include "cases_runner/values.h"
#include "native/support/fixed_random.h"
#include "throughline/config/option_reader.h"
#include "throughline/config/rate.h"

namespace throughline::cases {
namespace {

// The option as a host describes it; `text` keeps what the view looks at.
OptionValue option_value(const Json& value, std::string& text) {
  using Kind = OptionValue::Kind;
  const std::optional<double> number = number_of(value);
  if (number) {
    text = value.dump();
    return {Kind::Number, *number, text};
  }
  if (value.is_boolean()) return {Kind::Boolean, value.get<bool>() ? 1.0 : 0.0, {}};
  if (value.is_string()) {
    text = text_of(value);
    return {Kind::Text, 0, text};
  }
  const std::string name = text_of(member(value, "js"));
  if (value.is_null() || name == "undefined") return {};
  return {name == "function" ? Kind::Function : Kind::Other, 0, "something else"};
}

std::optional<double> rate_of(const Json& value) {
  const std::optional<double> number = number_of(value);
  if (number) return valid_rate(*number);
  if (value.is_boolean()) return valid_rate(value.get<bool>() ? 1.0 : 0.0);
  return value.is_string() ? valid_rate(std::string_view{text_of(value)}) : std::nullopt;
}

}  // namespace

ClientOptions client_options(const Json& options) {
  // The options are views of what their reader keeps.
  static std::deque<OptionReader> readers;
  OptionReader& reader = readers.emplace_back();
  if (options.is_object()) {
    for (const auto& [key, value] : options.items()) {
      std::string text;
      reader.read(OptionGroup::Client, key, option_value(value, text));
    }
  }
  ClientOptions client = reader.finish({}).settings.client;
  // Whether there is a sampler is for the host to say, which calls it.
  client.has_traces_sampler =
      has(options, "sampler") || !member(options, "tracesSampler").is_null();
  return client;
}

std::optional<std::optional<double>> sampler_rate(const Json& sampler,
                                                  std::optional<bool> parent_sampled,
                                                  std::optional<double> parent_sample_rate) {
  if (has(sampler, "returns")) return rate_of(member(sampler, "returns"));
  if (!has(sampler, "inheritOrSampleWith")) return std::nullopt;
  if (parent_sample_rate) return valid_rate(*parent_sample_rate);
  if (parent_sampled) return valid_rate(*parent_sampled ? 1.0 : 0.0);
  return rate_of(member(sampler, "inheritOrSampleWith"));
}

std::vector<std::uint64_t> next_random(double value) {
  const std::uint64_t word =
      FixedRandom::sample_rand(static_cast<std::uint32_t>(value * 1e6 + 0.5));
  // A fresh trace id takes two words before sample_rand is drawn.
  return {word, word, word};
}

}  // namespace throughline::cases
