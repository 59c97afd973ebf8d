// Scopes in a trace of their own: continueTrace, startNewTrace, suppressTracing.
#include "support/driven_core.h"

namespace throughline {
namespace {

constexpr char kTraceparent[] = "00-771a43a4192642f0b136d5159a501700-7b6f1e2d3c4a5968-01";

struct ScopeOfACore : DrivenCore {
  OpenedScope continued(Text sentry_trace, Text baggage = {}, Text traceparent = {}) {
    return core.continue_trace({sentry_trace, baggage, traceparent});
  }
  std::string trace_in(Handle scope) { return trace_id({scope}); }
};

TEST_F(ScopeOfACore, ContinuesAnIncomingTrace) {
  const OpenedScope opened = continued(kSentryTrace, "sentry-release=up");
  EXPECT_EQ(opened.source, Reason::ContinuedArgument);
  EXPECT_EQ(trace_in(opened.handle), kTrace);
  const StartedSpan root = core.start_span({opened.handle}, {.name = "work"}, at(10));
  EXPECT_EQ(to_hex(root.trace_id), kTrace);
  core.end_span(root.handle, at(20), at(20));
  EXPECT_EQ(transaction(30).payload["contexts"]["trace"]["parent_span_id"], "00f067aa0ba902b7");
}

TEST_F(ScopeOfACore, OfAMalformedTraceIsAFreshOne) {
  const OpenedScope opened = continued("nonsense", "sentry-release=up");
  EXPECT_EQ(opened.source, Reason::MalformedHeader);
  EXPECT_NE(trace_in(opened.handle), kTrace);
}

// Delta: the check holds for every way of continuing (propagation.md section 6.4).
TEST_F(ScopeOfACore, OfAnotherOrganisationIsAFreshOne) {
  settings.client.org_id = "1";
  configure();
  EXPECT_EQ(continued(kSentryTrace, "sentry-org_id=2").source, Reason::OtherOrganisation);
  EXPECT_EQ(continued(kSentryTrace, "sentry-org_id=1").source, Reason::ContinuedArgument);
}

TEST_F(ScopeOfACore, LeavesTheScopeOfThePageAlone) {
  load();
  const std::string page = trace_id();
  const OpenedScope opened = core.start_new_trace();
  EXPECT_EQ(opened.source, Reason::NewTrace);
  EXPECT_NE(trace_in(opened.handle), page);
  EXPECT_EQ(trace_id(), page);
}

TEST_F(ScopeOfACore, StandsForThePageOnceItIsClosed) {
  load();
  const OpenedScope opened = core.start_new_trace();
  core.close_scope(opened.handle);
  EXPECT_EQ(trace_in(opened.handle), trace_id());
}

TEST_F(ScopeOfACore, OfThePageCannotBeClosed) {
  load();
  const std::string page = trace_id();
  core.close_scope(Runtime::kGlobalScope);
  EXPECT_EQ(trace_id(), page);
}

TEST_F(ScopeOfACore, IsNotOpenedBeyondABound) {
  Handle last = kNoHandle;
  for (int i = 0; i < 5000; ++i) last = core.start_new_trace().handle;
  EXPECT_EQ(last, kNoHandle);
}

TEST_F(ScopeOfACore, ReadsATraceparentOnlyWhereTheOptionSaysSo) {
  EXPECT_EQ(continued("", "", kTraceparent).source, Reason::FreshTrace);
  settings.client.continue_traceparent = true;
  configure();
  const OpenedScope opened = continued("", "sentry-release=up,other=1", kTraceparent);
  EXPECT_EQ(opened.source, Reason::ContinuedArgument);
  EXPECT_EQ(trace_in(opened.handle), "771a43a4192642f0b136d5159a501700");
  // Somebody else's trace: we invent no context for it.
  EXPECT_EQ(baggage({opened.handle}), "");
}

TEST_F(ScopeOfACore, PrefersAUsableSentryTraceToATraceparent) {
  settings.client.continue_traceparent = true;
  configure();
  EXPECT_EQ(trace_in(continued(kSentryTrace, "", kTraceparent).handle), kTrace);
  EXPECT_EQ(trace_in(continued("nonsense", "", kTraceparent).handle),
            "771a43a4192642f0b136d5159a501700");
}

TEST_F(ScopeOfACore, IsExplained) {
  const OpenedScope opened = continued(kSentryTrace, "sentry-release=up");
  const Json told = Json::parse(std::string{core.explain_trace({opened.handle})});
  EXPECT_EQ(told["traceId"], kTrace);
  EXPECT_EQ(told["source"], "continued-argument");
  EXPECT_EQ(told["parentSpanId"], "00f067aa0ba902b7");
  EXPECT_EQ(told["sampled"], true);
  EXPECT_EQ(told["dsc"]["release"], "up");
  EXPECT_FALSE(told.contains("decision"));
}

TEST_F(ScopeOfACore, IsExplainedWithWhatDecidedAboutItsRoot) {
  load();
  EXPECT_EQ(Json::parse(std::string{core.explain_trace({})})["decision"], "traces-sample-rate");
  load_with("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0");
  const Json told = Json::parse(std::string{core.explain_trace({})});
  EXPECT_EQ(told["source"], "continued-meta");
  EXPECT_EQ(told["decision"], "parent-decision");
  EXPECT_EQ(told["sampled"], false);
}

struct Suppressed : DrivenCore {
  Suppressed() { load(); }
  Place place{kNoHandle, kNoHandle, true};
};

TEST_F(Suppressed, SpansArePlaceholdersAndNotCounted) {
  const StartedSpan started = core.start_span(place, {.name = "quiet"}, at(60));
  EXPECT_EQ(started.handle, kNoHandle);
  EXPECT_EQ(started.trace_id, active().trace_id);
  core.start_span(place, {.name = "root", .no_parent = true}, at(60));
  EXPECT_TRUE(core.losses().empty());
}

TEST_F(Suppressed, RequestsCarryTheTraceAsNotSampled) {
  const RequestAnswer first = request(60, "/api", place);
  const RequestAnswer second = request(61, "/api", place);
  EXPECT_EQ(first.span, kNoHandle);
  EXPECT_TRUE(first.attach);
  EXPECT_NE(first.span_id, second.span_id);
  EXPECT_EQ(core.header_texts_at(place).sentry_trace_suffix(), "-0");
  EXPECT_EQ(trace_id(place), trace_id());
  EXPECT_TRUE(core.losses().empty());
}

TEST_F(Suppressed, RequestsWithoutASpanAreCountedAsSuch) {
  run_until(5000);
  request(6000, "/api", place);
  EXPECT_EQ(lost("no_parent_span", "span"), 1U);
}

TEST_F(Suppressed, HeaderTextsDoNotStayForTheNextRequest) {
  request(60, "/api", place);
  request(61, "/api");
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "-1");
}

TEST_F(Suppressed, WithoutASpanTheDataOfTheScopeGoUnchanged) {
  run_until(5000);
  request(6000, "/api", place);
  EXPECT_EQ(core.header_texts_at(place).sentry_trace_suffix(), "-1");
}

}  // namespace
}  // namespace throughline
