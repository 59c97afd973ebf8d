// The DSN, and the status of a span by the status of its response.
#include "cases_runner/families.h"
#include "cases_runner/values.h"
#include "throughline/config/dsn.h"
#include "throughline/request/http_status.h"

namespace throughline::cases {
namespace {

Json described(const Dsn& dsn) {
  return {
      {"protocol", std::string{dsn.protocol}},
      {"publicKey", std::string{dsn.public_key}},
      {"pass", std::string{dsn.secret}},
      {"host", std::string{dsn.host}},
      {"port", std::string{dsn.port}},
      {"path", std::string{dsn.path}},
      {"projectId", std::string{dsn.project_id}},
      {"orgId", header_json(dsn.org_id())},
      {"asString", std::string{dsn.text()}},
      {"endpoint", std::string{envelope_endpoint(dsn, "sentry.javascript.browser", "10.63.0")}}};
}

}  // namespace

Outcome run_dsn(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  const std::string text = text_of(member(in, "dsn"));
  const Result<Dsn> dsn = parse_dsn(text);
  const std::string tunnel = text_of(member(in, "tunnel"));
  if (has(in, "url")) {
    const bool own = is_own_request(text_of(member(in, "url")), dsn ? &*dsn : nullptr, tunnel);
    return compare(out, own);
  }
  if (!dsn) return compare(out, nullptr);
  if (!has(in, "sdk")) return compare(out, described(*dsn));
  const Json& sdk = member(in, "sdk");
  const std::string endpoint =
      envelope_endpoint(*dsn, text_of(member(sdk, "name")), text_of(member(sdk, "version")));
  return compare(out, {{"endpoint", tunnel.empty() ? endpoint : tunnel},
                       {"asString", std::string{dsn->text()}}});
}

Outcome run_http_status(const Json& test_case) {
  const double code = number_of(member(member(test_case, "in"), "httpStatus")).value_or(0);
  const SpanStatus status = span_status_of_http(static_cast<int>(code));
  return compare(member(test_case, "out"), {{"code", static_cast<int>(status.code)},
                                            {"message", header_json(status.message)},
                                            {"json", std::string{status.text()}}});
}

}  // namespace throughline::cases
