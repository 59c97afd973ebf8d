// One function per kind of fact table that the core can be held to. Each gets a whole case, runs
// the core for its `in` and compares the result with its `out`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace throughline::cases {

// Members keep their order, which matters where a map is written to a header.
using Json = nlohmann::ordered_json;

struct Outcome {
  enum class Verdict { Pass, Fail, Skip } verdict = Verdict::Pass;
  std::string detail;  // of a failure: expected and got; of a skip: the reason
};

Outcome run_sentry_trace(const Json& test_case);
Outcome run_baggage(const Json& test_case);
Outcome run_traceparent(const Json& test_case);
Outcome run_dsn(const Json& test_case);
Outcome run_sampling(const Json& test_case);
Outcome run_http_status(const Json& test_case);
Outcome run_targets(const Json& test_case);
Outcome run_urls(const Json& test_case);
Outcome run_idle_span(const Json& test_case);
Outcome run_ignore_spans(const Json& test_case);
Outcome run_performance(const Json& test_case);
Outcome run_transaction_envelope(const Json& test_case);
Outcome run_span_v2(const Json& test_case);

}  // namespace throughline::cases
