// A tracer with all it needs, and one scope.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>

#include "support/fixed_random.h"
#include "support/time.h"
#include "throughline/config/dsn.h"
#include "throughline/context/tracer.h"

namespace throughline {

inline std::uint32_t lost(const LossCounts& losses, std::string_view reason,
                          std::string_view category) {
  for (const Loss& loss : losses.all()) {
    if (loss.reason == reason && loss.category == category) return loss.quantity;
  }
  return 0;
}

// Every trace samples with rate 1.
inline ClientOptions traced_options() {
  ClientOptions options;
  options.dsn = *parse_dsn("https://pub@o42.ingest.example.io/7");
  options.release = "app@1.0";
  options.traces_sample_rate_given = true;
  options.traces_sample_rate = 1;
  return options;
}

struct Tracing : testing::Test {
  static constexpr std::uint32_t kQuarter = 250000;

  Tracing() { scope.change(fresh_context(random), Reason::FreshTrace); }

  StartedSpan start(const SpanStart& start, Handle active = kNoHandle) {
    return tracer.start(scope, {kNoHandle, active}, start, at(0));
  }
  SpanRecord* find(const StartedSpan& started) { return store.find(started.handle); }
  std::uint32_t lost(std::string_view reason, std::string_view category) const {
    return throughline::lost(losses, reason, category);
  }

  ClientOptions options = traced_options();
  FixedRandom random{{0x0123456789ABCDEF, 0xFEDCBA9876543210, FixedRandom::sample_rand(kQuarter)}};
  LossCounts losses;
  SpanStore store{losses, std::size_t{1} << 20};
  Tracer tracer{options, store, losses, random};
  Scope scope;
};

}  // namespace throughline
