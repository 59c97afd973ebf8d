// A core on a page that streams its spans, with a host that does what a host has to.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/examples.h"
#include "support/fixed_random.h"
#include "support/tracing.h"
#include "throughline/streaming.h"

namespace throughline {

struct StreamedCore : testing::Test {
  using Json = nlohmann::ordered_json;

  // An envelope of spans.
  struct Envelope {
    double at;
    Json header;
    Json item;
    Json payload;
    std::vector<std::string> names() const;
    // The span of that name; null if there is none.
    Json span(std::string_view name) const;
    // The value of an attribute of it; null if there is none.
    Json value(std::string_view name, const char* key) const;
  };

  StreamedCore();

  void load();
  StartedSpan span(std::string_view name, double now, Handle active = kNoHandle);
  void end(const StartedSpan& span, double now);
  RequestAnswer request(double now, std::string_view url = "/api", Place place = {});
  void respond(const RequestAnswer& answer, double now);
  // Does what the core wants now.
  void settle(double now);
  // Wakes the core whenever it wants to, up to that moment.
  void run_until(double now);
  std::uint32_t lost(std::string_view reason, std::string_view category) {
    return throughline::lost(core.losses(), reason, category);
  }

  Settings settings;
  FixedRandom random;
  Streaming core{random};
  // What has been sent, in that order.
  std::vector<Envelope> sent;
  // What the host answers to a span that it is shown, and what it says of one that started.
  std::function<std::string(const Json&)> shows = [](const Json&) { return std::string{}; };
  std::function<bool(const Json&)> ignores = [](const Json&) { return false; };
};

}  // namespace throughline
