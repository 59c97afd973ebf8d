// Requests that are not opened unless somebody asks for them: no caller traces them, and they will
// not be recorded.
#include <utility>

#include "throughline/base/text_ops.h"
#include "throughline/server.h"
#include "throughline/trace/sampling.h"

namespace throughline {

std::uint32_t Server::pass_ahead() {
  constexpr std::uint32_t kMost = 1000;
  // As many as the pool of random bytes of a host is good for.
  constexpr std::uint32_t kMostDrawn = 32;
  const ClientOptions& options = settings_.client;
  drawn_.reset();
  if (!options.enabled || tracer().asks_decision() || is_heard()) return 0;
  if (!options.tracing_enabled() || options.traces_sample_rate.value_or(0) == 0) return kMost;
  for (std::uint32_t passing = 0; passing < kMostDrawn; ++passing) {
    drawn_ = draw_sample_rand(random_);
    if (decide_sampling(options, {std::nullopt, *drawn_}).sampled) return passing;
  }
  drawn_.reset();
  return kMostDrawn;
}

OpenedScope Server::open_passed() {
  const std::optional<double> drawn = std::exchange(drawn_, {});
  const OpenedScope opened = open_request({});
  drawn_ = drawn;
  if (opened.handle == kNoHandle) return opened;
  const double rate = settings_.client.traces_sample_rate.value_or(0);
  double& sample_rand = scope(opened.handle).propagation.sample_rand;
  if (rate > 0) sample_rand = fit_sample_rand(sample_rand, rate, false);
  return opened;
}

void Server::passed(Text requests) {
  std::uint32_t lost = 0;
  while (!requests.empty()) {
    IncomingRequest request;
    request.target = cut(requests, '\n');
    request.method = cut(request.target, ' ');
    if (is_recorded_here(request)) ++lost;
  }
  if (lost > 0) losses().add("sample_rate", tracer().root_category, lost);
}

}  // namespace throughline
