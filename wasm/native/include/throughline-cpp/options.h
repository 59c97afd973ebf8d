// What a client is told at its start.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline {
inline namespace v0 {

struct RequestInfo;

// What a sampler decides by: a root span that is about to start.
struct SamplingContext {
  std::string_view name{};  // "GET /items/7" for an incoming request
  std::string_view op{};
  const RequestInfo* request = nullptr;  // the incoming request; null for other roots
  // The decision that came with the trace, and the rate that it was made with.
  std::optional<bool> parent_sampled{};
  std::optional<double> parent_sample_rate{};

  // The rate that came with the trace, else 1 or 0 for its decision, else `rate`.
  double inherit_or_sample_with(double rate) const {
    if (parent_sample_rate) return *parent_sample_rate;
    if (parent_sampled) return *parent_sampled ? 1 : 0;
    return rate;
  }
};

// Functions are called without any lock, on the thread that caused it, and may use the client;
// `random` may not. One that throws does no harm.
struct Options {
  // Where envelopes go, and what headers say of the project. Empty: nothing is sent, headers work.
  std::string dsn{};
  std::string release{};  // "shop@1.4.0"; empty: not known
  std::string environment{"production"};
  // The organisation, where the host of the DSN does not tell it.
  std::string org_id{};

  // How many traces are recorded, from 0 to 1. A decision that came with the trace wins. Nothing,
  // and no sampler: headers only, nothing is recorded.
  std::optional<double> traces_sample_rate{};
  // Answers the rate for a root span, and wins over all else. If it throws, the decision that came
  // with the trace counts, then `traces_sample_rate`.
  std::function<double(const SamplingContext&)> traces_sampler{};

  // Which requests carry the trace: those whose URL contains one of these texts. Nothing: all.
  std::optional<std::vector<std::string>> trace_propagation_targets{};
  bool propagate_traceparent = false;  // send a W3C `traceparent` as well
  bool continue_traceparent = false;   // continue one where no `sentry-trace` came
  // Do not continue traces whose organisation is not known to be our own.
  bool strict_trace_continuation = false;
  bool send_default_pii = false;  // record addresses of clients

  // Gets every finished envelope, to be posted as it is to `endpoint`, as
  // `application/x-sentry-envelope`. Answers the status code of the response, or 0 if there was
  // none: what is lost is counted by it and reported later. It runs on the thread that ended the
  // root span; one that shall not wait hands the envelope on to a queue and answers 200. Of more
  // than 64 calls at once the others are lost, and counted. Not set: nothing is sent.
  std::function<int(const std::string& endpoint, std::string envelope)> on_envelope{};
  // Gets a sentence about each option that cannot be used, while the client is made.
  std::function<void(std::string_view warning)> on_warning{};

  // For tests. Not set: those of the system.
  std::function<std::chrono::system_clock::time_point()> clock{};
  // 64 random bits. Called under the lock of the client.
  std::function<std::uint64_t()> random{};
};

}  // namespace v0
}  // namespace throughline
