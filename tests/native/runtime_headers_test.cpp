#include <map>
#include <string>

#include "support/driven_core.h"

// Header texts and the number by which a host knows that it has read them (design.md section 4).
namespace throughline {
namespace {

struct HeaderTextsOfACore : DrivenCore {
  // All texts, in one.
  std::string texts(Place place = {}) {
    const HeaderTexts at_place = core.header_texts_at(place);
    String all = at_place.sentry_trace;
    return all.append("|").append(at_place.baggage).append("|").append(at_place.traceparent);
  }
  std::uint32_t number(double now, Place place = {}) {
    return request(now, "/api", place).header_number;
  }
};

TEST_F(HeaderTextsOfACore, StandAroundTheSpanId) {
  load();
  const HeaderTexts texts = core.header_texts_at({});
  EXPECT_EQ(texts.sentry_trace_prefix(), std::string{to_hex(active().trace_id)} + "-");
  EXPECT_EQ(texts.sentry_trace_suffix(), "-1");
}

TEST_F(HeaderTextsOfACore, HaveATraceparentWhereTheOptionSaysSo) {
  load();
  EXPECT_EQ(core.header_texts_at({}).traceparent_prefix(), "");
  settings.client.propagate_traceparent = true;
  configure();
  EXPECT_EQ(core.header_texts_at({}).traceparent_prefix(),
            "00-" + std::string{to_hex(active().trace_id)} + "-");
  EXPECT_EQ(core.header_texts_at({}).traceparent_suffix(), "-01");
}

TEST_F(HeaderTextsOfACore, AreThoseOfTheActiveSpanOfAPlace) {
  load();
  settings.client.traces_sample_rate = 0;
  configure();
  const StartedSpan other = core.start_span({}, {.name = "x", .no_parent = true}, at(60));
  EXPECT_EQ(core.header_texts_at({}).sentry_trace_suffix(), "-1");
  EXPECT_EQ(core.header_texts_at({Runtime::kGlobalScope, other.handle}).sentry_trace_suffix(),
            "-0");
}

TEST_F(HeaderTextsOfACore, AreThoseOfTheScopeThatIsAlwaysThereForAScopeThatIsNotKnown) {
  load();
  EXPECT_EQ(texts({99, kNoHandle}), texts());
}

TEST_F(HeaderTextsOfACore, KeepTheirNumberFromRequestToRequest) {
  load();
  const std::uint32_t first = number(100);
  EXPECT_NE(first, 0U);
  EXPECT_EQ(number(200), first);
}

TEST_F(HeaderTextsOfACore, KeepTheirNumberWhenOnlySomethingElseChanged) {
  load();
  const std::uint32_t first = number(100);
  core.tracer().set_attribute(*core.tracer().store().find(active().handle), "key",
                              AttributeValue::of("value"));
  span("child", 150);
  EXPECT_EQ(number(200), first);
}

TEST_F(HeaderTextsOfACore, GetANewNumberWhenTheRouteIsRenamed) {
  load();
  const std::uint32_t first = number(100);
  SpanRecord& route = *core.tracer().store().find(active().handle);
  core.tracer().set_name(route, "/:id");
  core.tracer().set_attribute(route, "sentry.source", AttributeValue::of("route"));
  EXPECT_NE(number(200), first);
}

TEST_F(HeaderTextsOfACore, GetANewNumberWithNewOptions) {
  load();
  const std::uint32_t first = number(100);
  settings.client.release = "app@2.0";
  configure();
  EXPECT_NE(number(200), first);
}

TEST_F(HeaderTextsOfACore, HaveANumberOfTheirOwnInEachRoot) {
  load();
  const StartedSpan other = core.start_span({}, {.name = "x", .no_parent = true}, at(60));
  const std::uint32_t route = number(100);
  const std::uint32_t manual = number(110, {Runtime::kGlobalScope, other.handle});
  EXPECT_NE(manual, route);
  EXPECT_EQ(number(120), route);
  EXPECT_EQ(number(130, {Runtime::kGlobalScope, other.handle}), manual);
}

TEST_F(HeaderTextsOfACore, AreTheSameWheneverTheirNumberIs) {
  std::map<std::uint32_t, std::string> seen;
  const auto look = [&](double now, Place place = {}) {
    const auto [entry, added] = seen.emplace(number(now, place), texts(place));
    EXPECT_EQ(entry->second, texts(place)) << now;
  };
  look(10);
  load();
  look(60);
  const StartedSpan other = core.start_span({}, {.name = "x", .no_parent = true}, at(70));
  look(80, {Runtime::kGlobalScope, other.handle});
  SpanRecord& route = *core.tracer().store().find(active().handle);
  core.tracer().set_attribute(route, "sentry.source", AttributeValue::of("route"));
  look(90);
  core.tracer().set_name(route, "/renamed");
  look(100);
  look(110, {Runtime::kGlobalScope, other.handle});
  end(other, 120);
  look(130, {Runtime::kGlobalScope, other.handle});
  take(130);
  look(140, {Runtime::kGlobalScope, other.handle});
  run_until(5000);
  look(5000);
  go(kNext, 6000);
  look(6010);
  end(active(), 6020);
  look(6030);
  settings.client.environment = "staging";
  configure();
  look(6040);
  core.page_hidden({}, at(6050));
  look(6060);
}

}  // namespace
}  // namespace throughline
