#include "cases_runner/run_case.h"

#include "cases_runner/families.h"
#include "cases_runner/values.h"

namespace throughline::cases {
namespace {

struct Family {
  std::string_view kind;
  Outcome (*run)(const Json& test_case);
};

constexpr Family kFamilies[] = {
    {"sentry-trace", run_sentry_trace}, {"baggage", run_baggage},
    {"traceparent", run_traceparent},   {"dsn", run_dsn},
    {"sampling", run_sampling},         {"http-status", run_http_status},
    {"targets", run_targets},           {"urls", run_urls},
    {"idle-span", run_idle_span},       {"transaction-envelopes", run_transaction_envelope},
    {"ignore-spans", run_ignore_spans}, {"performance", run_performance},
    {"span-v2", run_span_v2},
};

// Tables about what a browser object holds or does: held to in tests/vectors/families.mjs.
constexpr std::string_view kShimKinds[] = {
    "meta-tags",  "fetch-headers", "xhr-headers", "request-headers",
    "http-spans", "navigation",    "web-vitals",  "html-tree",
};

Outcome run_parsed(std::string_view kind, const Json& test_case) {
  for (const Family& family : kFamilies) {
    if (family.kind == kind) return family.run(test_case);
  }
  for (const std::string_view shim_kind : kShimKinds) {
    if (shim_kind == kind) return skip("runs through the shim");
  }
  return skip("not supported yet");
}

const char* name_of(Outcome::Verdict verdict) {
  switch (verdict) {
    case Outcome::Verdict::Pass:
      return "pass";
    case Outcome::Verdict::Fail:
      return "fail";
    case Outcome::Verdict::Skip:
      break;
  }
  return "skip";
}

}  // namespace

std::string run(std::string_view kind, std::string_view case_json) {
  const Json test_case = Json::parse(case_json, nullptr, false);
  Outcome outcome{Outcome::Verdict::Fail, "the case is no JSON object"};
  if (test_case.is_object()) outcome = run_parsed(kind, test_case);
  const Json answer = {{"verdict", name_of(outcome.verdict)}, {"detail", outcome.detail}};
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace throughline::cases
