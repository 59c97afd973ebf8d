#include "throughline/request/resource_timing.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/driven_core.h"

// Protocols stand in tests/cases/performance.json.
namespace throughline {
namespace {

TEST(EntryOf, LeavesUserInfoAndFragmentAside) {
  EXPECT_TRUE(is_entry_of("https://u:p@a.example.com/x?q#f", "https://a.example.com/x?q"));
  EXPECT_TRUE(is_entry_of("https://a.example.com/x", "https://a.example.com/x"));
}

TEST(EntryOf, IsNotThatOfAnotherUrl) {
  for (const char* other : {"http://a.example.com/x?q", "https://b.example.com/x?q",
                            "https://a.example.com/y/x?q", "https://a.example.com/x"}) {
    EXPECT_FALSE(is_entry_of("https://a.example.com/x?q", other)) << other;
  }
}

struct Measured : DrivenCore {
  Measured() { load(); }
  // The browser's word about a request to `path` that started then and took 60 ms.
  void measure(std::string_view path, double start) {
    ResourceTiming timing{"h2", to_milliseconds(at(0))};
    timing.times = {0,         0,         0,         start,     start + 1,  start + 2,
                    start + 3, start + 4, start + 5, start + 6, start + 50, start + 60};
    const std::string name = "https://app.example.com" + std::string{path};
    core.resource(name, at(start), timing);
  }
  Json data(std::string_view description) {
    run_until(4000);
    return transaction(4000).span(description)["data"];
  }
};

TEST_F(Measured, ARequestTellsItsTimesInSecondsAndItsProtocol) {
  whole_request(100, "/api?q#f");
  measure("/api?q", 101);
  const Json got = data("GET /api");
  EXPECT_EQ(got["network.protocol.name"], "http");
  EXPECT_EQ(got["network.protocol.version"], "2");
  EXPECT_EQ(got["http.request.redirect_start"], 0);
  EXPECT_EQ(ms(got["http.request.fetch_start"]), 101);
  EXPECT_EQ(ms(got["http.request.connection_end"]), 106);
  EXPECT_EQ(ms(got["http.request.response_end"]), 161);
  EXPECT_EQ(got["http.request.time_to_first_byte"], 0.151);
}

TEST_F(Measured, WhatTheBrowserDoesNotTellIsLeftOut) {
  whole_request(100);
  ResourceTiming timing{"h2", to_milliseconds(at(0))};
  timing.times.fill(std::nan(""));
  core.resource("https://app.example.com/api", at(100), timing);
  const Json got = data("GET /api");
  EXPECT_TRUE(got.contains("network.protocol.name"));
  EXPECT_FALSE(got.contains("http.request.response_start"));
  EXPECT_FALSE(got.contains("http.request.time_to_first_byte"));
}

TEST_F(Measured, OfSeveralToOneUrlEachGetsItsOwn) {
  whole_request(100, "/api?1");
  whole_request(200, "/api?1");
  measure("/api?1", 200.5);
  measure("/api?1", 100.5);
  run_until(4000);
  const Json spans = transaction(4000).payload["spans"];
  EXPECT_EQ(ms(spans[0]["data"]["http.request.fetch_start"]), 100.5);
  EXPECT_EQ(ms(spans[1]["data"]["http.request.fetch_start"]), 200.5);
}

TEST_F(Measured, AnotherUrlLeavesItAlone) {
  whole_request(100);
  measure("/other", 100);
  EXPECT_FALSE(data("GET /api").contains("network.protocol.name"));
}

TEST_F(Measured, NothingIsWrittenToASpanThatIsGone) {
  whole_request(100);
  run_until(2000);
  transaction(2000);
  measure("/api", 100);
  EXPECT_TRUE(take(2000).empty());
}

}  // namespace
}  // namespace throughline
