#include "throughline/trace/dynamic_sampling_context.h"

#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"

namespace throughline {
namespace {

void set_rate(Dsc& dsc, const RootFacts& root) {
  if (root.sample_rate) dsc.set("sample_rate", decimal_text(*root.sample_rate, kRateDecimals));
}

}  // namespace

Dsc make_dsc(const ClientOptions& options, const TraceId& trace_id, const RootFacts* root) {
  Dsc dsc;
  const auto add = [&](Text key, Text value) {
    if (!value.empty()) dsc.set(key, value);
  };
  add("environment", options.environment);
  add("release", options.release);
  if (options.dsn) add("public_key", options.dsn->public_key);
  add("trace_id", to_hex(trace_id));
  add("org_id", options.own_org_id());
  if (root == nullptr) return dsc;
  add("transaction", root->name);
  add("sampled", root->sampled ? "true" : "false");
  add("sample_rand", decimal_text(root->sample_rand));
  set_rate(dsc, *root);
  return dsc;
}

Dsc dsc_of_root(const ClientOptions& options, const TraceId& trace_id,
                const std::optional<Dsc>& frozen, const RootFacts& root) {
  if (!frozen) return make_dsc(options, trace_id, &root);
  Dsc dsc = *frozen;
  set_rate(dsc, root);
  return dsc;
}

Dsc dsc_of_scope(const ClientOptions& options, const PropagationContext& context) {
  if (context.dsc) return *context.dsc;
  return make_dsc(options, context.trace_id, nullptr);
}

}  // namespace throughline
