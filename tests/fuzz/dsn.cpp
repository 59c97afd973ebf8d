// A DSN: the parts are of the kinds the specification names and lie in the text; put together
// without the secret they are read alike; our own deliveries are told from other requests.
#include "throughline/config/dsn.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/text_ops.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const HeapText text = input.text();
  const HeapText url = input.text();
  const HeapText tunnel = input.text();
  const Result<Dsn> dsn = parse_dsn(text);
  const bool own = is_own_request(url, dsn ? &*dsn : nullptr, tunnel);
  check(own || tunnel.empty() || !(Text{url} == Text{tunnel}), "the tunnel is ours");
  if (!dsn) return 0;
  for (const Text part : {dsn->protocol, dsn->public_key, dsn->secret, dsn->host, dsn->port,
                          dsn->path, dsn->project_id, dsn->org_id()}) {
    check(lies_in(part, text), "parts are views of the text");
  }
  check(!dsn->public_key.empty() && !dsn->host.empty() && !dsn->project_id.empty(),
        "no part lacks");
  for (const char c : dsn->project_id) check(is_digit(c), "a project id is a number");
  for (const char c : dsn->port) check(is_digit(c), "a port is a number");
  for (const char c : dsn->org_id()) check(is_digit(c), "an organisation id is a number");

  const HeapText again(dsn->text());
  const Result<Dsn> read = parse_dsn(again);
  check(static_cast<bool>(read), "what is put together is a DSN");
  check(read->secret.empty(), "the secret stays with us");
  check(read->protocol == dsn->protocol && read->public_key == dsn->public_key &&
            read->host == dsn->host && read->port == dsn->port && read->path == dsn->path &&
            read->project_id == dsn->project_id,
        "what is put together is the same DSN");

  const HeapText endpoint(envelope_endpoint(*dsn, "throughline.javascript.browser", "1.0.0"));
  check(is_own_request(endpoint, &*dsn, {}), "envelopes are our own requests");
  return 0;
}
