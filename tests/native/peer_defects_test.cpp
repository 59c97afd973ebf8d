// Every place of propagation.md that is marked with a delta and is the core's: each test is named
// after the defect of the peer that it avoids. Those of the shim: tests/shim/peer-defects.test.ts.
#include <cmath>

#include "support/driven_core.h"
#include "throughline/base/text_ops.h"
#include "throughline/propagate/meta_tags.h"

namespace throughline {
namespace {

std::string parsed(Text header) {
  Members members;
  parse_baggage(header, members);
  return format_members(members);
}

// Section 2.
TEST(PeerDefect, AllZeroIdsAreContinued) {
  EXPECT_FALSE(parse_sentry_trace("00000000000000000000000000000000-00f067aa0ba902b7-1"));
  EXPECT_FALSE(parse_sentry_trace("4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-1"));
}

// Section 3.2.
TEST(PeerDefect, PropertiesBecomePartOfTheValue) {
  EXPECT_EQ(parsed("a=1;p=x,b=2 ; q"), "a=1,b=2");
  EXPECT_EQ(parsed("a;b=1,c=3"), "c=3") << "a member ends at its first semicolon";
}

TEST(PeerDefect, MembersThatAreNotUtf8AreDropped) {
  EXPECT_EQ(parsed("a=%E0%A4"), "a=%EF%BF%BD");
  EXPECT_EQ(parsed("a=%ED%A0%80"), "a=%EF%BF%BD%EF%BF%BD%EF%BF%BD");
  EXPECT_EQ(parsed("a=%EF%BB%BFx"), "a=%EF%BB%BFx") << "a byte order mark stays";
}

// Section 3.3.
TEST(PeerDefect, AHeaderBeginsWithACommaWhenItsFirstMemberIsTooLong) {
  Dsc dsc;
  dsc.set("long", std::string(9000, 'x'));
  EXPECT_EQ(format_dsc(dsc), "") << "nothing fits: no header";
  dsc.set("short", "1");
  EXPECT_EQ(format_dsc(dsc), "sentry-short=1");
}

// Section 3.4.
TEST(PeerDefect, BaggageGrowsBeyondItsLimits) {
  const std::string long_one = "a=" + std::string(8180, 'x');
  EXPECT_EQ(append_baggage(long_one, "sentry-release=1"), long_one);
  std::string many = "k0=v";
  for (int i = 1; i < 64; ++i) many += ",k" + std::to_string(i) + "=v";
  EXPECT_EQ(append_baggage(many, "sentry-release=1"), many);
}

// Section 4.
TEST(PeerDefect, ServicesInstrumentedWithOpenTelemetryAloneStartASecondTrace) {
  FixedRandom random;
  ClientOptions options;
  options.continue_traceparent = true;
  const std::string header = std::string{"00-"} + kTrace + "-" + kSpan + "-01";
  const Incoming incoming = incoming_context({{}, {}, header}, options, random);
  EXPECT_EQ(to_hex(incoming.context.trace_id), kTrace);
  EXPECT_EQ(incoming.context.sampled, true);
  EXPECT_TRUE(incoming.context.dsc && incoming.context.dsc->empty());
}

// Section 5.
TEST(PeerDefect, SampleRandIsWrittenWithMoreDigitsThanItIsDecidedBy) {
  FixedRandom random;
  for (int i = 0; i < 1000; ++i) {
    const double drawn = draw_sample_rand(random);
    EXPECT_EQ(leading_number(decimal_text(drawn)), drawn);
  }
}

TEST(PeerDefect, ADerivedSampleRandFlipsTheDecision) {
  FixedRandom random;
  for (const char* rate : {"0.000001", "0.1", "0.333333", "0.999999"}) {
    Dsc dsc;
    dsc.set("sample_rate", rate);
    const double number = *leading_number(rate);
    for (int i = 0; i < 200; ++i) {
      EXPECT_LT(derive_sample_rand(&dsc, true, random), number);
      EXPECT_GE(derive_sample_rand(&dsc, false, random), number);
    }
  }
}

struct PeerDefectOfACore : DrivenCore {};

// Section 4, "same ids".
TEST_F(PeerDefectOfACore, SentryTraceAndTraceparentHaveDifferentSpanIds) {
  settings.client.propagate_traceparent = true;
  configure();
  run_until(5000);
  const HeaderTexts texts = core.header_texts_at({});
  // Both are prefix + span id + suffix of one span id.
  EXPECT_EQ(texts.traceparent_prefix(), "00-" + trace_id() + "-");
  EXPECT_EQ(texts.sentry_trace_prefix(), trace_id() + "-");
}

// Section 6.4.
TEST_F(PeerDefectOfACore, MetaTagsOfAnotherOrganisationAreContinued) {
  settings.client.org_id = "1";
  configure();
  const std::string header = std::string{kTrace} + "-" + kSpan + "-1";
  EXPECT_EQ(load_with(header, "sentry-org_id=2"), Reason::OtherOrganisation);
  EXPECT_NE(trace_id(), kTrace);
}

// Section 10.
TEST_F(PeerDefectOfACore, ARequestWithoutASpanCarriesARandomTrace) {
  load();
  RequestStart start;
  start.url = "/api";
  start.method = "GET";
  start.span_wanted = false;
  start.now = at(60);
  EXPECT_EQ(core.request(start).span_id, active().id);
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "-1");
}

TEST_F(PeerDefectOfACore, WithoutADsnThereAreNoHeaders) {
  settings.client.dsn.reset();
  configure();
  load();
  EXPECT_TRUE(request(60).attach);
  EXPECT_NE(core.header_texts_at({}).sentry_trace_prefix(), "");
}

TEST(PeerDefect, MetaTagsAreNotEscaped) {
  EXPECT_EQ(meta_tags("", "\"><script>", ""),
            "<meta name=\"baggage\" content=\"&quot;&gt;&lt;script&gt;\"/>");
}

// Section 11.
TEST_F(PeerDefectOfACore, RelativeUrlsAreResolvedAgainstTheLocationInsteadOfTheBase) {
  core.set_page({kPage, "https://cdn.example.net/assets/"}, {});
  const RequestAnswer answer = request(60, "/script.js");
  EXPECT_FALSE(answer.attach) << "it leaves for the origin of the base";
  EXPECT_EQ(answer.reason, Reason::OtherOrigin);
}

}  // namespace
}  // namespace throughline
