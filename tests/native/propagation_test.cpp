// Propagation without spans, as the entry of that name has it.
#include "throughline/propagation.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/examples.h"
#include "support/fixed_random.h"
#include "support/tracing.h"

namespace throughline {
namespace {

struct PropagationOfAPage : testing::Test {
  // With a rate: it means nothing here.
  PropagationOfAPage() {
    settings.client = traced_options();
    core.configure(settings);
    core.set_page({kPage, kPage});
  }

  Reason load(Text sentry_trace = {}, Text baggage = {}) {
    PageTexts page;
    page.sentry_trace.meta = sentry_trace;
    page.baggage.meta = baggage;
    page.href = kPage;
    return core.page_load(page);
  }
  RequestAnswer request(Text url = "/api", Place place = {}) {
    return core.request({.place = place, .url = url, .method = "GET"});
  }
  // The header of a request that is made now.
  std::string sentry_trace(Place place = {}) {
    const HeaderTexts texts = core.header_texts_at(place);
    return std::string{texts.sentry_trace_prefix()}
        .append(to_hex(request("/api", place).span_id))
        .append(texts.sentry_trace_suffix());
  }
  std::string trace_id(Place place = {}) { return sentry_trace(place).substr(0, 32); }

  Settings settings;
  FixedRandom random;
  Propagation core{random};
};

TEST_F(PropagationOfAPage, ContinuesTheTraceOfAMetaTagWithItsDecision) {
  EXPECT_EQ(load(kSentryTrace, "sentry-release=up,other=1"), Reason::ContinuedMeta);
  EXPECT_EQ(trace_id(), kTrace);
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "-1");
  EXPECT_EQ(std::string{core.header_texts_at({}).baggage}.substr(0, 17), "sentry-release=up");
}

TEST_F(PropagationOfAPage, StartsATraceOfItsOwnWithoutADecision) {
  EXPECT_EQ(load(), Reason::FreshTrace);
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "");
  EXPECT_EQ(std::string{core.header_texts_at({}).baggage},
            "sentry-environment=production,sentry-release=app%401.0,sentry-public_key=pub,"
            "sentry-trace_id=" +
                trace_id() + ",sentry-org_id=42");
}

TEST_F(PropagationOfAPage, SendsOneSpanIdOnAllRequestsOfARoute) {
  load();
  const SpanId first = request().span_id;
  EXPECT_FALSE(first.is_zero());
  EXPECT_EQ(request().span_id, first);
  EXPECT_EQ(core.span_id_at({}), first);
  EXPECT_EQ(request().span, kNoHandle);
}

TEST_F(PropagationOfAPage, RenewsTraceAndSpanIdWithEveryNavigation) {
  load(kSentryTrace);
  const RequestAnswer before = request();
  EXPECT_EQ(core.route_change(kNext), Reason::Navigation);
  const RequestAnswer after = request();
  EXPECT_NE(trace_id(), kTrace);
  EXPECT_NE(after.span_id, before.span_id);
  EXPECT_NE(after.header_number, before.header_number);
  // Nor is the decision of the server one about the new trace.
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "");
}

TEST_F(PropagationOfAPage, TakesNoChangeOfUrlForARedirect) {
  load(kSentryTrace);
  EXPECT_EQ(core.route_change(kPage), Reason::StillOnStartUrl);
  EXPECT_EQ(trace_id(), kTrace);
  EXPECT_EQ(core.route_change(kNext), Reason::Navigation);
  const std::string next = trace_id();
  EXPECT_EQ(core.route_change(kNext), Reason::SameUrl);
  EXPECT_EQ(trace_id(), next);
  EXPECT_EQ(core.route_change(kPage), Reason::Navigation);
  EXPECT_NE(trace_id(), next);
}

TEST_F(PropagationOfAPage, AttachesToTargetsOnly) {
  const std::array<Pattern, 1> targets{Pattern{false, "/orders"}};
  settings.client.trace_propagation_targets = targets;
  core.configure(settings);
  const RequestAnswer listed = request("/orders/1");
  EXPECT_TRUE(listed.attach);
  EXPECT_EQ(listed.pattern, 0);
  EXPECT_EQ(request("/other").reason, Reason::NoTargetMatched);
}

TEST_F(PropagationOfAPage, AsksForWhatOnlyTheHostKnows) {
  EXPECT_EQ(request("a/../b").asks, kAskResolvedUrl);
  core.targets().answer_resolved("a/../b", "https://app.example.com/b");
  EXPECT_EQ(request("a/../b").reason, Reason::SameOrigin);
}

TEST_F(PropagationOfAPage, LeavesTheDeliveryOfAnSdkAlone) {
  RequestStart own;
  own.url = "https://o1.ingest.example.io/api/1/envelope/?sentry_key=a";
  own.method = "POST";
  own.xhr = true;
  const RequestAnswer answer = core.request(own);
  EXPECT_FALSE(answer.attach);
  EXPECT_EQ(answer.reason, Reason::OwnRequest);
}

TEST_F(PropagationOfAPage, AttachesNothingWhenDisabledOrClosed) {
  settings.client.enabled = false;
  core.configure(settings);
  EXPECT_EQ(request().reason, Reason::Disabled);
  settings.client.enabled = true;
  core.configure(settings);
  EXPECT_TRUE(request().attach);
  core.close();
  EXPECT_EQ(request().reason, Reason::Disabled);
}

TEST_F(PropagationOfAPage, HasScopesInTracesOfTheirOwn) {
  load();
  const std::string page = trace_id();
  const OpenedScope continued = core.continue_trace({kSentryTrace, {}, {}});
  const OpenedScope fresh = core.start_new_trace();
  EXPECT_EQ(continued.source, Reason::ContinuedArgument);
  EXPECT_EQ(trace_id({continued.handle}), kTrace);
  EXPECT_NE(trace_id({fresh.handle}), page);
  EXPECT_EQ(trace_id(), page);
  core.close_scope(continued.handle);
  EXPECT_EQ(trace_id({continued.handle}), page);
}

TEST_F(PropagationOfAPage, GivesNewOptionsANewHeaderNumber) {
  load();
  const std::uint32_t number = request().header_number;
  EXPECT_EQ(request().header_number, number);
  core.configure(settings);
  EXPECT_NE(request().header_number, number);
}

}  // namespace
}  // namespace throughline
