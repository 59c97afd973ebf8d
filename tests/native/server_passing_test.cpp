#include <gtest/gtest.h>

#include <random>
#include <span>
#include <string>

#include "support/serving.h"

// Requests that are not opened unless somebody asks for them (server.md section 3).
namespace throughline {
namespace {

struct Passing : Serving {
  void set_rate(double rate) {
    settings.client.traces_sample_rate = rate;
    core.configure(settings);
  }
};

TEST_F(Passing, NoneOfThemPassesWhereAllAreRecorded) { EXPECT_EQ(core.pass_ahead(), 0U); }

TEST_F(Passing, AllOfThemPassWhereNoneIsRecorded) {
  set_rate(0);
  EXPECT_EQ(core.pass_ahead(), 1000U);
}

TEST_F(Passing, NonePassesWhereSomebodyHasASayOrListens) {
  set_rate(0);
  core.tracer().listeners.before_sampling = true;
  EXPECT_EQ(core.pass_ahead(), 0U);
  core.tracer().listeners = {};
  core.listen({.spans = true});
  EXPECT_EQ(core.pass_ahead(), 0U);
}

TEST_F(Passing, NonePassesWhereAllIsOff) {
  set_rate(0);
  settings.client.enabled = false;
  core.configure(settings);
  EXPECT_EQ(core.pass_ahead(), 0U);
}

// Draws that are spread, and the same in every run.
class SpreadRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_() >> 24);
  }

 private:
  std::mt19937 engine_;
};

TEST_F(Passing, AsManyAreRecordedAsTheRateSays) {
  SpreadRandom spread;
  Server many{spread};
  settings.client.traces_sample_rate = 0.25;
  many.configure(settings);
  std::uint32_t recorded = 0;
  std::uint32_t all = 0;
  while (all < 20000) {
    IncomingStart incoming;
    incoming.request.method = "GET";
    incoming.request.target = "/";
    incoming.scope = many.open_request({}).handle;
    recorded += many.wants_all_of(incoming) ? 1 : 0;
    many.close_scope(incoming.scope);
    all += 1 + many.pass_ahead();
  }
  EXPECT_NEAR(recorded / static_cast<double>(all), 0.25, 0.01);
}

TEST_F(Passing, OneThatIsOpenedAfterAllIsNotRecordedAndSaysSo) {
  set_rate(0.5);
  const StartedSpan root = start(core.open_passed().handle);
  EXPECT_FALSE(root.sampled);
  EXPECT_GE(core.tracer().store().find(root.handle)->root->sample_rand, 0.5);
}

TEST_F(Passing, OneThatIsOpenedLeavesTheDrawOfTheOneBehindIt) {
  set_rate(0.5);
  while (core.pass_ahead() == 32U) {
  }
  core.open_passed();
  EXPECT_TRUE(start(open({}, {})).sampled);
}

TEST_F(Passing, OneWithACallerLeavesTheDrawOfTheOneBehindIt) {
  set_rate(0.5);
  while (core.pass_ahead() == 32U) {
  }
  open();
  EXPECT_TRUE(start(open({}, {})).sampled);
}

TEST_F(Passing, ThoseThatWouldHaveHadARootAreLost) {
  set_rate(0);
  core.passed("GET /users/7\nHEAD /\nGET /logo.png\nPOST /logo.png?x= y\n");
  EXPECT_EQ(lost("sample_rate", "transaction"), 2U);
}

TEST_F(Passing, NothingIsLostWhereTracingIsOff) {
  settings.client.traces_sample_rate_given = false;
  settings.client.traces_sample_rate.reset();
  core.configure(settings);
  EXPECT_EQ(core.pass_ahead(), 1000U);
  core.passed("GET /\n");
  EXPECT_EQ(lost("sample_rate", "transaction"), 0U);
}

}  // namespace
}  // namespace throughline
