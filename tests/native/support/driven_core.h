// A whole core on a page, told what happens at which millisecond, and what it sends.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/examples.h"
#include "support/fixed_random.h"
#include "support/tracing.h"
#include "throughline/runtime.h"

namespace throughline {

using Json = nlohmann::ordered_json;

// An envelope with one item, read again.
struct Sent {
  Json header;
  Json item;
  Json payload;

  // An attribute of the root; null if there is none.
  Json data(const char* key) const;
  Json trace(const char* key) const;
  // The span of that name; null if there is none.
  Json span(std::string_view description) const;
};

// Every trace is sampled with rate 1, and all times are milliseconds after the time origin.
struct DrivenCore : testing::Test {
  DrivenCore();

  // Puts `settings` into force.
  void configure() { core.configure(settings); }
  Reason load(double now = 50, bool document_ready = true);
  Reason load_with(std::string_view meta_sentry_trace, std::string_view meta_baggage = {});
  RouteChange go(std::string_view to, double now) {
    return core.route_change({{at(now), at(now)}, to});
  }
  RequestAnswer request(double now, std::string_view url = "/api", Place place = {});
  // A request that was answered with 200 ten milliseconds later.
  void whole_request(double now, std::string_view url = "/api");
  StartedSpan span(std::string_view name, double now, Handle active = kNoHandle);
  void end(const StartedSpan& span, double now) { core.end_span(span.handle, at(now), at(now)); }
  // Wakes the core whenever it wants to, up to that moment.
  void run_until(double now);
  // Takes, and delivers, whatever is there.
  std::vector<Sent> take(double now);
  // The one transaction that is there.
  Sent transaction(double now);
  // quantity by "reason/category" of the client report that a hidden page makes.
  Json report(double now);

  StartedSpan active() { return core.active_span({Runtime::kGlobalScope}); }
  std::string trace_id(Place place = {});
  // The headers of a request with that span id.
  std::string sentry_trace(const SpanId& span_id, Place place = {});
  std::string baggage(Place place = {}) { return core.header_texts_at(place).baggage; }
  std::uint32_t lost(std::string_view reason, std::string_view category) {
    return throughline::lost(core.losses(), reason, category);
  }

  Settings settings;
  FixedRandom random;
  Runtime core{random};
};

// Milliseconds after the time origin of a time in a payload.
double ms(const Json& seconds);

}  // namespace throughline
