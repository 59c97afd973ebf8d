// Roots that user code has a say in: beforeSampling, tracesSampler, createDsc.
#include <cmath>

#include "support/driven_core.h"

namespace throughline {
namespace {

using Sampler = HostDecision::Sampler;

struct AskedRoot : DrivenCore {
  AskedRoot() {
    settings.client.has_traces_sampler = true;
    configure();
  }
  StartedSpan start(const HostDecision* decision, Place place = {}) {
    SpanStart options;
    options.name = "work";
    options.no_parent = true;
    options.decision = decision;
    return core.start_span(place, options, at(10));
  }
  StartedSpan start_with(Sampler outcome, double rate = 0) {
    const HostDecision decision{std::nullopt, outcome, rate};
    return start(&decision);
  }
};

TEST_F(AskedRoot, DoesNotStartBeforeTheAnswer) {
  EXPECT_EQ(start(nullptr).asks, kAskDecision);
  EXPECT_TRUE(core.tracer().store().roots().empty());
  EXPECT_FALSE(core.has_payload());
}

TEST_F(AskedRoot, HasTheRateOfTheSampler) {
  EXPECT_TRUE(start_with(Sampler::Returned, 1).sampled);
  EXPECT_FALSE(start_with(Sampler::Returned, 0).sampled);
}

TEST_F(AskedRoot, OfAnInvalidRateIsNotSampled) {
  EXPECT_FALSE(start_with(Sampler::Returned, std::nan("")).sampled);
  EXPECT_FALSE(start_with(Sampler::Returned, 1.5).sampled);
}

TEST_F(AskedRoot, SamplerWinsOverTheParent) {
  const OpenedScope scope =
      core.continue_trace({"4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1", {}, {}});
  const HostDecision decision{true, Sampler::Returned, 0};
  EXPECT_FALSE(start(&decision, {scope.handle}).sampled);
}

// Delta: a throwing sampler does not throw into the page (propagation.md section 7.3).
TEST_F(AskedRoot, AfterAThrowingSamplerTheParentDecides) {
  const HostDecision sampled{true, Sampler::Threw, 0};
  EXPECT_TRUE(start(&sampled).sampled);
  const HostDecision unsampled{false, Sampler::Threw, 0};
  EXPECT_FALSE(start(&unsampled).sampled);
}

TEST_F(AskedRoot, AfterAThrowingSamplerTheRateDecides) {
  EXPECT_TRUE(start_with(Sampler::Threw).sampled);
}

TEST_F(AskedRoot, AfterAThrowingSamplerWithoutARateIsCountedAsACallbackError) {
  settings.client.traces_sample_rate_given = false;
  settings.client.traces_sample_rate.reset();
  configure();
  const StartedSpan root = start_with(Sampler::Threw);
  EXPECT_FALSE(root.sampled);
  end(root, 20);
  EXPECT_EQ(lost("callback_error", "transaction"), 1U);
  EXPECT_EQ(lost("sample_rate", "transaction"), 0U);
}

TEST_F(AskedRoot, IsDecidedByWhatTheParentSaid) {
  const OpenedScope scope = core.continue_trace(
      {"4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", "sentry-sample_rate=0.25", {}});
  EXPECT_EQ(start(nullptr, {scope.handle}).asks, kAskDecision);
  EXPECT_EQ(core.decision_input().parent_sampled, false);
  EXPECT_EQ(core.decision_input().parent_sample_rate, 0.25);
}

TEST_F(AskedRoot, OfAPageLoadIsAskedAboutBeforeAnythingHappens) {
  PageLoad page;
  page.sentry_trace.meta = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1";
  page.href = kPage;
  page.start = at(0);
  page.now = at(50);
  const std::string before = trace_id();
  EXPECT_EQ(core.page_load(page).asks, kAskDecision);
  EXPECT_EQ(core.decision_input().parent_sampled, true);
  EXPECT_EQ(trace_id(), before);
  const HostDecision decision{true, Sampler::Returned, 0};
  page.decision = &decision;
  const RouteChange loaded = core.page_load(page);
  EXPECT_EQ(loaded.reason, Reason::ContinuedMeta);
  EXPECT_FALSE(core.active_span({}).sampled);
}

TEST_F(AskedRoot, OfANavigationIsAskedAboutBeforeAnythingHappens) {
  const auto navigation = [](const HostDecision* decision = nullptr) {
    return Navigation{{at(100), at(100), decision}, "https://app.example.com/next"};
  };
  EXPECT_EQ(core.route_change(navigation()).asks, kAskDecision);
  EXPECT_EQ(core.route_change(navigation()).asks, kAskDecision);
  const HostDecision decision{std::nullopt, Sampler::Returned, 1};
  EXPECT_EQ(core.route_change(navigation(&decision)).reason, Reason::Navigation);
  EXPECT_EQ(core.route_change(navigation()).reason, Reason::SameUrl);
}

TEST_F(AskedRoot, ChildrenAreNotAskedAbout) {
  const StartedSpan root = start_with(Sampler::Returned, 1);
  const StartedSpan child = core.start_span({kNoHandle, root.handle}, {.name = "child"}, at(20));
  EXPECT_EQ(child.asks, kAskNothing);
  EXPECT_NE(child.handle, kNoHandle);
}

struct ShapedDsc : DrivenCore {
  ShapedDsc() { core.tracer().listeners.create_dsc = true; }
  bool own(Place place = {}) {
    bool is_own = false;
    core.dsc_at(place, &is_own);
    return is_own;
  }
};

TEST_F(ShapedDsc, IsOneThatWasMadeHere) {
  load();
  EXPECT_TRUE(own());
  run_until(5000);
  EXPECT_TRUE(own()) << "frozen at the end of the route, yet ours";
}

TEST_F(ShapedDsc, IsNeverAnIncomingOne) {
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1", "sentry-release=up");
  EXPECT_FALSE(own());
  run_until(5000);
  EXPECT_FALSE(own());
}

TEST_F(ShapedDsc, IsNeverCached) {
  load();
  EXPECT_NE(request(60).header_number, request(61).header_number);
}

TEST_F(ShapedDsc, IsAskedAboutBeforeATransactionIsTaken) {
  end(span("work", 10), 20);
  const Payload asked = core.take(at(30));
  EXPECT_EQ(asked.asks, kAskDsc);
  EXPECT_NE(asked.id, 0U);
  Dsc dsc;
  dsc.set("replay_id", "r1");
  const Payload sent = core.take(at(30), &dsc);
  EXPECT_EQ(sent.asks, kAskNothing);
  EXPECT_NE(std::string{sent.text}.find(R"("trace":{"replay_id":"r1"})"), std::string::npos);
  EXPECT_EQ(core.take(at(30)).id, 0U);
}

}  // namespace
}  // namespace throughline
