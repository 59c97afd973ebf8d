// Where payloads go.
#include <emscripten/bind.h>

#include "bindings/instance.h"

namespace throughline::bindings {
namespace {

// The URL to post envelopes to; empty: nothing can be sent.
std::string endpoint() {
  const Settings& settings = runtime().settings();
  if (!settings.client.tunnel.empty()) return settings.client.tunnel;
  if (!settings.client.dsn) return {};
  return envelope_endpoint(*settings.client.dsn, settings.sdk.name, settings.sdk.version);
}

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_delivery) { emscripten::function("endpoint", &endpoint); }

}  // namespace throughline::bindings
