#include "throughline/context/tracer.h"

#include <gtest/gtest.h>

#include <string>

#include "support/tracing.h"

namespace throughline {
namespace {

using StartSpan = Tracing;

TEST_F(StartSpan, MakesARootWhereNoSpanIsActive) {
  const StartedSpan root = start({.name = "root"});
  ASSERT_NE(find(root), nullptr);
  EXPECT_EQ(find(root)->parent, nullptr);
  EXPECT_EQ(root.root, root.handle);
}

TEST_F(StartSpan, GivesARootTheTraceOfItsScope) {
  EXPECT_EQ(to_hex(start({.name = "root"}).trace_id), "0123456789ab4defbedcba9876543210");
}

TEST_F(StartSpan, GivesARootTheDefaultAttributes) {
  const AttributeList& attributes = find(start({.name = "root"}))->attributes;
  EXPECT_EQ(attributes.text("sentry.origin"), "manual");
  EXPECT_EQ(attributes.text("sentry.source"), "custom");
  ASSERT_NE(attributes.find("sentry.sample_rate"), nullptr);
  EXPECT_EQ(attributes.find("sentry.sample_rate")->number, 1);
}

TEST_F(StartSpan, GivesAChildTheDefaultOrigin) {
  const StartedSpan root = start({.name = "root"});
  const AttributeList& attributes = find(start({.name = "child"}, root.handle))->attributes;
  EXPECT_EQ(attributes.text("sentry.origin"), "manual");
  EXPECT_EQ(attributes.find("sentry.source"), nullptr);
}

TEST_F(StartSpan, LetsGivenAttributesWinOverDefaults) {
  const AttributeInput given[] = {{"sentry.origin", AttributeValue::of("auto.test")},
                                  {"sentry.source", AttributeValue::of("route")}};
  const AttributeList& attributes = find(start({.name = "root", .attributes = given}))->attributes;
  EXPECT_EQ(attributes.text("sentry.origin"), "auto.test");
  EXPECT_EQ(attributes.text("sentry.source"), "route");
}

TEST_F(StartSpan, StartsNowUnlessATimeIsGiven) {
  EXPECT_EQ(find(start({.name = "now"}))->start, at(0));
  EXPECT_EQ(find(start({.name = "then", .start = at(-70)}))->start, at(-70));
}

TEST_F(StartSpan, TakesTheRootOfTheActiveSpanForItsParent) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  const StartedSpan grandchild = start({.name = "grandchild"}, child.handle);
  EXPECT_EQ(find(grandchild)->parent, find(root));
}

TEST_F(StartSpan, TakesTheActiveSpanItselfWhereTheOptionSaysSo) {
  options.parent_span_is_always_root_span = false;
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  const StartedSpan grandchild = start({.name = "grandchild"}, child.handle);
  EXPECT_EQ(find(grandchild)->parent, find(child));
}

TEST_F(StartSpan, TakesTheActiveSpanOfTheScopeWhenThePlaceHasNone) {
  const StartedSpan root = start({.name = "root"});
  scope.active_span = root.handle;
  EXPECT_EQ(find(start({.name = "child"}))->parent, find(root));
}

TEST_F(StartSpan, TakesAnExplicitParentAsItIs) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  const StartedSpan below = start({.name = "below", .parent = child.handle}, root.handle);
  EXPECT_EQ(find(below)->parent, find(child));
  EXPECT_EQ(find(below)->parent_id, child.id);
}

TEST_F(StartSpan, MakesARootWhereThereShallBeNoParent) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan other = start({.name = "other", .no_parent = true}, root.handle);
  EXPECT_EQ(other.root, other.handle);
}

TEST_F(StartSpan, GivesIdsOnlyToASpanThatNeedsAParentAndHasNone) {
  const StartedSpan started = start({.name = "x", .only_if_parent = true});
  EXPECT_EQ(started.handle, kNoHandle);
  EXPECT_FALSE(started.id.is_zero());
  EXPECT_EQ(started.trace_id, scope.propagation.trace_id);
}

TEST_F(StartSpan, CountsASpanThatNeedsAParentAndHasNone) {
  start({.name = "x", .only_if_parent = true});
  EXPECT_EQ(lost("no_parent_span", "span"), 1U);
}

TEST_F(StartSpan, GivesIdsOnlyWhereTracingIsOff) {
  options.traces_sample_rate_given = false;
  const StartedSpan started = start({.name = "x"});
  EXPECT_EQ(started.handle, kNoHandle);
  EXPECT_FALSE(started.sampled);
  EXPECT_EQ(started.trace_id, scope.propagation.trace_id);
}

TEST_F(StartSpan, CountsNothingWhereTracingIsOff) {
  options.traces_sample_rate_given = false;
  start({.name = "x", .only_if_parent = true});
  EXPECT_TRUE(losses.empty());
}

TEST_F(StartSpan, GivesIdsOnlyWhereTheClientIsDisabled) {
  options.enabled = false;
  EXPECT_EQ(start({.name = "x"}).handle, kNoHandle);
}

// A handle that is not known any more used to count as "no parent": work below a transaction
// that was sent became a transaction of its own.
TEST_F(StartSpan, GivesIdsOnlyBelowAParentThatIsGone) {
  const StartedSpan root = start({.name = "root"});
  store.remove_root(*find(root)->root);
  EXPECT_EQ(start({.name = "late", .parent = root.handle}).handle, kNoHandle);
}

TEST_F(StartSpan, GivesIdsOnlyBelowARootThatHasEnded) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(1));
  const StartedSpan late = start({.name = "late", .parent = root.handle});
  EXPECT_EQ(late.handle, kNoHandle);
  EXPECT_EQ(late.root, root.handle);
}

TEST_F(StartSpan, ListsWhatStarted) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  ASSERT_EQ(tracer.notes().size(), 2U);
  EXPECT_EQ(tracer.notes()[0].parent, kNoHandle);
  EXPECT_EQ(tracer.notes()[1].id, child.id);
  EXPECT_EQ(tracer.notes()[1].root, root.handle);
}

using EndSpan = Tracing;

TEST_F(EndSpan, MakesARootDue) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(5));
  ASSERT_EQ(tracer.due().size(), 1U);
  EXPECT_EQ(tracer.due()[0], root.handle);
  EXPECT_EQ(find(root)->end, at(5));
}

TEST_F(EndSpan, DoesNotMakeAChildDue) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(start({.name = "child"}, root.handle)), at(5));
  EXPECT_TRUE(tracer.due().empty());
}

TEST_F(EndSpan, HappensOnce) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(5));
  tracer.end(*find(root), at(6));
  EXPECT_EQ(find(root)->end, at(5));
  EXPECT_EQ(tracer.due().size(), 1U);
}

TEST_F(EndSpan, KeepsAnEndBeforeTheStart) {
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(-5));
  EXPECT_EQ(find(root)->end, at(-5));
}

TEST_F(EndSpan, StillAllowsAttributesAfterwards) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  tracer.end(*find(child), at(5));
  tracer.set_attribute(*find(child), "late", AttributeValue::of("yes"));
  EXPECT_EQ(find(child)->attributes.text("late"), "yes");
}

TEST_F(EndSpan, ListsWhatEnded) {
  const StartedSpan root = start({.name = "root"});
  tracer.notes().clear();
  tracer.end(*find(root), at(5));
  ASSERT_EQ(tracer.notes().size(), 1U);
  EXPECT_EQ(tracer.notes()[0].kind, SpanNote::Kind::Ended);
  EXPECT_EQ(tracer.notes()[0].id, root.id);
}

// Neither names nor attributes used to be bounded: each change takes memory of the root.
TEST_F(EndSpan, IsNotNeededForMemoryToStayBounded) {
  const StartedSpan root = start({.name = "root"});
  const std::string text(1000, 'x');
  for (int i = 0; i < 3000; ++i) {
    tracer.set_name(*find(root), text);
    tracer.set_status(*find(root), StatusCode::Error, text);
    tracer.set_attribute(*find(root), std::to_string(i), AttributeValue::of(text));
  }
  EXPECT_LE(find(root)->root->arena.bytes(), std::size_t{1100} << 10);
}

}  // namespace
}  // namespace throughline
