#include <gtest/gtest.h>

#include <string>

#include "support/tracing.h"

// The dynamic sampling context that goes out with a root or a scope. Single rules stand in
// tests/cases/sampling.json.
namespace throughline {
namespace {

struct RootDsc : Tracing {
  std::string of(const StartedSpan& root) { return format_dsc(tracer.dsc(*find(root)->root)); }
  StartedSpan named(std::string_view name, std::string_view source) {
    const AttributeInput given[] = {{"sentry.source", AttributeValue::of(source)}};
    return start({.name = name, .attributes = given});
  }
  std::string name_in(const StartedSpan& root) {
    return std::string{tracer.dsc(*find(root)->root).get("transaction").value_or("none")};
  }
  void continue_trace(std::string_view sentry_trace, std::string_view baggage) {
    scope.change(incoming_context({sentry_trace, baggage, {}}, options, random).context,
                 Reason::ContinuedMeta);
  }
};

constexpr std::string_view kDeferred = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

TEST_F(RootDsc, TellsAllThatIsKnown) {
  EXPECT_EQ(of(start({.name = "root"})),
            "sentry-environment=production,sentry-release=app%401.0,sentry-public_key=pub,"
            "sentry-trace_id=0123456789ab4defbedcba9876543210,sentry-org_id=42,"
            "sentry-transaction=root,sentry-sampled=true,sentry-sample_rand=0.25,"
            "sentry-sample_rate=1");
}

TEST_F(RootDsc, WithholdsTheNameOfASourceThatIsAUrl) {
  EXPECT_EQ(name_in(named("/user/17", "url")), "none");
}

TEST_F(RootDsc, TellsTheNameOfAnyOtherSource) {
  EXPECT_EQ(name_in(named("/user/:id", "route")), "/user/:id");
}

TEST_F(RootDsc, TellsANewNameAtOnce) {
  const StartedSpan root = named("/user/17", "url");
  tracer.set_name(*find(root), "/user/:id");
  EXPECT_EQ(name_in(root), "none");
  tracer.set_attribute(*find(root), "sentry.source", AttributeValue::of("route"));
  EXPECT_EQ(name_in(root), "/user/:id");
}

TEST_F(RootDsc, TellsNoNewNameAfterTheEnd) {
  const StartedSpan root = start({.name = "before"});
  tracer.end(*find(root), at(1));
  tracer.set_name(*find(root), "after");
  EXPECT_EQ(name_in(root), "before");
}

TEST_F(RootDsc, TellsThatARootIsUnsampled) {
  options.traces_sample_rate = 0;
  const Dsc dsc = tracer.dsc(*find(start({.name = "root"}))->root);
  EXPECT_EQ(dsc.get("sampled"), "false");
  EXPECT_EQ(dsc.get("sample_rate"), "0");
}

TEST_F(RootDsc, IsThatOfTheTraceItContinues) {
  continue_trace(std::string{kDeferred} + "-1", "sentry-release=up%401,sentry-sample_rand=0.4");
  EXPECT_EQ(of(start({.name = "root"})), "sentry-release=up%401,sentry-sample_rand=0.4");
}

TEST_F(RootDsc, StaysEmptyInATraceThatCameWithoutOne) {
  continue_trace(std::string{kDeferred} + "-1", "");
  EXPECT_EQ(of(start({.name = "root"})), "");
}

TEST_F(RootDsc, TellsTheLocalRateInATraceThatCameUndecided) {
  options.traces_sample_rate = 0.7;
  continue_trace(kDeferred, "");
  EXPECT_EQ(of(start({.name = "root"})), "sentry-sample_rate=0.7");
}

// The rate used to be missing from the envelope: at the end the incoming DSC was kept as it came.
TEST_F(RootDsc, TellsTheLocalRateAfterTheEndToo) {
  options.traces_sample_rate = 0.7;
  continue_trace(kDeferred, "");
  const StartedSpan root = start({.name = "root"});
  tracer.end(*find(root), at(1));
  EXPECT_EQ(of(root), "sentry-sample_rate=0.7");
}

// An envelope calls it so, and its header has to say the same (envelope.md section 4.1).
TEST_F(RootDsc, NamesANamelessRootOnceItEnded) {
  const StartedSpan root = start({.name = ""});
  tracer.end(*find(root), at(1));
  EXPECT_EQ(name_in(root), "<unlabeled transaction>");
}

TEST_F(RootDsc, OfAScopeTellsNothingOfSampling) {
  EXPECT_EQ(format_dsc(tracer.dsc(scope)),
            "sentry-environment=production,sentry-release=app%401.0,sentry-public_key=pub,"
            "sentry-trace_id=0123456789ab4defbedcba9876543210,sentry-org_id=42");
}

TEST_F(RootDsc, OfAScopeIsThatOfTheTraceItContinues) {
  continue_trace(kDeferred, "sentry-release=up,sentry-sample_rand=0.4");
  EXPECT_EQ(format_dsc(tracer.dsc(scope)), "sentry-release=up,sentry-sample_rand=0.4");
}

using HeaderNumber = Tracing;

TEST_F(HeaderNumber, IsGoneOnceTheNameChanged) {
  const StartedSpan root = start({.name = "root"});
  find(root)->root->header_number = 7;
  tracer.set_name(*find(root), "other");
  EXPECT_EQ(find(root)->root->header_number, 0U);
}

TEST_F(HeaderNumber, IsGoneOnceTheSourceChanged) {
  const StartedSpan root = start({.name = "root"});
  find(root)->root->header_number = 7;
  tracer.set_attribute(*find(root), "sentry.source", AttributeValue::of("url"));
  EXPECT_EQ(find(root)->root->header_number, 0U);
}

// Any attribute used to make the host read the same texts again.
TEST_F(HeaderNumber, StaysWhenOtherAttributesChange) {
  const StartedSpan root = start({.name = "root"});
  find(root)->root->header_number = 7;
  tracer.set_attribute(*find(root), "key", AttributeValue::of("value"));
  EXPECT_EQ(find(root)->root->header_number, 7U);
}

TEST_F(HeaderNumber, StaysWhenAChildChanges) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  find(root)->root->header_number = 7;
  tracer.set_name(*find(child), "other");
  EXPECT_EQ(find(root)->root->header_number, 7U);
}

}  // namespace
}  // namespace throughline
