#include <gtest/gtest.h>

#include "support/tracing.h"

// Sampled and unsampled roots of a tracer. The sample_rand of the trace is 0.25.
namespace throughline {
namespace {

using RootSampling = Tracing;

TEST_F(RootSampling, TakesTracesBelowTheRate) {
  options.traces_sample_rate = 0.250001;
  EXPECT_TRUE(start({.name = "root"}).sampled);
}

TEST_F(RootSampling, LeavesTracesAtTheRateOut) {
  options.traces_sample_rate = 0.25;
  EXPECT_FALSE(start({.name = "root"}).sampled);
}

TEST_F(RootSampling, TakesNoTraceWithoutAUsableRate) {
  options.traces_sample_rate.reset();
  EXPECT_FALSE(start({.name = "root"}).sampled);
}

TEST_F(RootSampling, FollowsADecisionMadeElsewhere) {
  scope.propagation.sampled = false;
  EXPECT_FALSE(start({.name = "root"}).sampled);
  options.traces_sample_rate = 0;
  scope.propagation.sampled = true;
  EXPECT_TRUE(start({.name = "root"}).sampled);
}

TEST_F(RootSampling, TellsNoRateWhenTheDecisionWasMadeElsewhere) {
  scope.propagation.sampled = true;
  EXPECT_EQ(find(start({.name = "root"}))->attributes.find("sentry.sample_rate"), nullptr);
}

TEST_F(RootSampling, TellsTheRateThatDecided) {
  options.traces_sample_rate = 0.5;
  EXPECT_EQ(find(start({.name = "root"}))->attributes.find("sentry.sample_rate")->number, 0.5);
}

TEST_F(RootSampling, TakesTheRemoteParentForTheParentOfARoot) {
  scope.propagation.parent_span_id = parse_span_id("00f067aa0ba902b7").value_or(SpanId{});
  EXPECT_EQ(to_hex(find(start({.name = "root"}))->parent_id), "00f067aa0ba902b7");
}

struct UnsampledRoot : Tracing {
  UnsampledRoot() { options.traces_sample_rate = 0; }
};

TEST_F(UnsampledRoot, HasARecord) { EXPECT_NE(find(start({.name = "root"})), nullptr); }

TEST_F(UnsampledRoot, HasNoRecordsBelow) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  EXPECT_EQ(child.handle, kNoHandle);
  EXPECT_TRUE(find(root)->root->children.empty());
}

TEST_F(UnsampledRoot, GivesItsChildrenItsTraceAndIdsOfTheirOwn) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  EXPECT_EQ(child.trace_id, root.trace_id);
  EXPECT_EQ(child.root, root.handle);
  EXPECT_FALSE(child.id.is_zero());
  EXPECT_NE(child.id, root.id);
}

TEST_F(UnsampledRoot, KeepsOfItsAttributesWhatItsDscTells) {
  const AttributeInput given[] = {{"key", AttributeValue::of("value")},
                                  {"sentry.source", AttributeValue::of("route")}};
  const StartedSpan root = start({.name = "root", .attributes = given});
  tracer.set_attribute(*find(root), "other", AttributeValue::of("value"));
  const AttributeList& attributes = find(root)->attributes;
  EXPECT_EQ(attributes.find("key"), nullptr);
  EXPECT_EQ(attributes.find("other"), nullptr);
  EXPECT_EQ(attributes.text("sentry.source"), "route");
  EXPECT_NE(attributes.find("sentry.sample_rate"), nullptr);
}

TEST_F(UnsampledRoot, IsCountedWhenItEnds) {
  const StartedSpan root = start({.name = "root"});
  EXPECT_TRUE(losses.empty());
  tracer.end(*find(root), at(1));
  EXPECT_EQ(lost("sample_rate", "transaction"), 1U);
}

TEST_F(UnsampledRoot, DoesNotCountItsChildren) {
  const StartedSpan root = start({.name = "root"});
  start({.name = "child"}, root.handle);
  tracer.end(*find(root), at(1));
  EXPECT_EQ(lost("sample_rate", "span"), 0U);
}

// Listeners and `spanToJSON` see how it ended, as of any other root.
TEST_F(UnsampledRoot, IsThereUntilItIsTaken) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(1));
  ASSERT_NE(find(root), nullptr);
  EXPECT_EQ(find(root)->end, at(1));
  ASSERT_EQ(tracer.due().size(), 1U);
  EXPECT_EQ(tracer.due()[0], root.handle);
}

}  // namespace
}  // namespace throughline
