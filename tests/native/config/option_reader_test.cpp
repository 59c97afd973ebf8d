#include "throughline/config/option_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "support/options.h"

// What each option of lifecycle.md section 2 does. Findings: option_findings_test.cpp; lists of
// targets: option_targets_test.cpp.
namespace throughline {
namespace {

using ReadOption = ReadOptions;

// The settings after one option was read, which must not make a finding.
struct OneOption : ReadOptions {
  ClientOptions client(std::string_view key, const OptionValue& value) {
    EXPECT_EQ(reader.read(kClient, key, value), "") << key;
    return finish().settings.client;
  }
  RouteOptions route(std::string_view key, const OptionValue& value) {
    EXPECT_EQ(reader.read(kTracing, key, value), "") << key;
    return finish().settings.route;
  }
};

TEST_F(OneOption, DsnTellsWhereEnvelopesGo) {
  const ClientOptions options = client("dsn", text("https://pub@o42.ingest.example.io/7"));
  ASSERT_TRUE(options.dsn);
  EXPECT_EQ(options.dsn->text(), "https://pub@o42.ingest.example.io/7");
}

TEST_F(OneOption, TextsAreTakenAsTheyAre) {
  EXPECT_EQ(client("tunnel", text("/t")).tunnel, "/t");
  EXPECT_EQ(client("release", text("app@1.0")).release, "app@1.0");
  EXPECT_EQ(client("environment", text("staging")).environment, "staging");
  EXPECT_EQ(client("dist", text("42")).dist, "42");
  EXPECT_EQ(client("orgId", text("7")).org_id, "7");
}

TEST_F(OneOption, OrgIdMayBeANumber) {
  EXPECT_EQ(client("orgId", {OptionValue::Kind::Number, 7, "7"}).org_id, "7");
}

TEST_F(OneOption, SwitchesThatAreOnCanBeSwitchedOff) {
  EXPECT_FALSE(client("enabled", flag(false)).enabled);
  EXPECT_FALSE(client("sendClientReports", flag(false)).send_client_reports);
  EXPECT_FALSE(client("parentSpanIsAlwaysRootSpan", flag(false)).parent_span_is_always_root_span);
  EXPECT_FALSE(route("detectRedirects", flag(false)).detect_redirects);
  EXPECT_FALSE(route("markBackgroundSpan", flag(false)).mark_background_span);
}

TEST_F(OneOption, SwitchesThatAreOffCanBeSwitchedOn) {
  EXPECT_TRUE(client("debug", flag(true)).debug);
  EXPECT_TRUE(client("propagateTraceparent", flag(true)).propagate_traceparent);
  EXPECT_TRUE(client("strictTraceContinuation", flag(true)).strict_trace_continuation);
  EXPECT_TRUE(client("sendDefaultPii", flag(true)).send_default_pii);
}

TEST_F(OneOption, TimeoutsAreMilliseconds) {
  EXPECT_EQ(route("idleTimeout", number(500)).timeouts.idle, milliseconds(500));
  EXPECT_EQ(route("finalTimeout", number(2000.5)).timeouts.final, milliseconds(2000.5));
  EXPECT_EQ(route("childSpanTimeout", number(0)).timeouts.child_span, milliseconds(0));
}

TEST_F(OneOption, EmptyTextsAreNone) {
  EXPECT_EQ(client("environment", text("")).environment, "production");
  EXPECT_EQ(client("orgId", text("")).org_id, "");
}

TEST_F(OneOption, SamplerIsKnownToBeThere) {
  EXPECT_TRUE(client("tracesSampler", other(OptionValue::Kind::Function)).has_traces_sampler);
}

TEST_F(OneOption, LinkModeIsOneOfThree) {
  const auto mode = [&](const char* name) {
    return route("linkPreviousTrace", text(name)).link_previous_trace;
  };
  EXPECT_EQ(mode("off"), LinkPreviousTrace::Off);
  EXPECT_EQ(mode("in-memory"), LinkPreviousTrace::InMemory);
  EXPECT_EQ(mode("session-storage"), LinkPreviousTrace::SessionStorage);
}

TEST_F(OneOption, BufferSizeIsThatOfTheTransport) {
  const auto size = [&](const OptionValue& value) {
    EXPECT_EQ(reader.read(kTransport, "bufferSize", value), "");
    return finish().settings.client.buffer_size;
  };
  EXPECT_EQ(size(number(7)), 7);
  EXPECT_EQ(size(number(0)), 0);
  EXPECT_LT(size({}), 0);
}

TEST_F(OneOption, ThatTheHostReadsIsCheckedOnly) {
  for (const char* key : {"normalizeDepth", "normalizeMaxBreadth"}) {
    EXPECT_EQ(reader.read(kClient, key, number(2)), "") << key;
    EXPECT_NE(reader.read(kClient, key, number(-1)), "") << key;
  }
  for (const char* key : {"headers", "fetchOptions"}) {
    EXPECT_EQ(reader.read(kTransport, key, other(OptionValue::Kind::Other)), "") << key;
    EXPECT_NE(reader.read(kTransport, key, flag(true)), "") << key;
  }
  for (const char* key : {"instrumentPageLoad", "instrumentNavigation", "traceFetch", "traceXHR"}) {
    EXPECT_EQ(reader.read(kTracing, key, flag(false)), "") << key;
    EXPECT_NE(reader.read(kTracing, key, number(0)), "") << key;
  }
  EXPECT_EQ(reader.read(kTracing, "shouldCreateSpanForRequest", other(OptionValue::Kind::Function)),
            "");
  EXPECT_EQ(reader.read(kClient, "integrations", other(OptionValue::Kind::List)), "");
  EXPECT_EQ(reader.read(kClient, "integrations", other(OptionValue::Kind::Function)), "");
}

TEST_F(OneOption, ThatIsAbsentChangesNothing) {
  EXPECT_TRUE(client("enabled", {}).enabled);
  EXPECT_EQ(client("environment", {}).environment, "production");
  EXPECT_FALSE(client("tracesSampleRate", {}).tracing_enabled());
}

TEST_F(ReadOption, DefaultsAreThoseOfTheSpecification) {
  const Settings settings = finish().settings;
  EXPECT_TRUE(settings.client.enabled);
  EXPECT_EQ(settings.client.environment, "production");
  EXPECT_TRUE(settings.client.send_client_reports);
  EXPECT_FALSE(settings.client.send_default_pii);
  EXPECT_FALSE(settings.client.propagate_traceparent);
  EXPECT_TRUE(settings.client.parent_span_is_always_root_span);
  EXPECT_FALSE(settings.client.tracing_enabled());
  EXPECT_EQ(settings.route.timeouts.idle, milliseconds(1000));
  EXPECT_EQ(settings.route.timeouts.final, milliseconds(30000));
  EXPECT_EQ(settings.route.timeouts.child_span, milliseconds(15000));
  EXPECT_TRUE(settings.route.detect_redirects);
  EXPECT_TRUE(settings.route.mark_background_span);
}

TEST_F(ReadOption, KeepsWhatTheHostSaysOfItself) {
  EXPECT_EQ(reader.finish({"name", "1.0", "npm:x", "A"}).settings.sdk.name, "name");
}

TEST_F(ReadOption, WithoutTheIntegrationAHiddenPageEndsNoSpan) {
  EXPECT_FALSE(reader.finish({"name", "1.0", "npm:x", "A"}).settings.route.mark_background_span);
}

TEST_F(ReadOption, BeginsAnewAfterItHasFinished) {
  reader.read(kClient, "release", text("app@1.0"));
  reader.read(kClient, "tracesSampleRate", number(1));
  reader.read(kClient, "dsn", text("https://pub@o42.ingest.example.io/7"));
  reader.read(kClient, "tracePropagationTargets", other(OptionValue::Kind::List));
  finish();
  const OptionReader::Checked second = finish();
  EXPECT_EQ(second.settings.client.release, "");
  EXPECT_FALSE(second.settings.client.tracing_enabled());
  EXPECT_FALSE(second.settings.client.dsn);
  EXPECT_EQ(second.target_list, -1);
  EXPECT_EQ(std::ranges::count(Text{second.findings}, '\n'), 2);
}

// They are in force until the new ones are. Only a sanitizer sees it when they are gone.
TEST_F(ReadOption, KeepsTheTextsOfTheOptionsThatAreReplaced) {
  reader.read(kClient, "release", text("app@1.0"));
  const ClientOptions first = finish().settings.client;
  reader.read(kClient, "release", text("app@2.0"));
  finish();
  EXPECT_EQ(first.release, "app@1.0");
}

struct SampleRate : ReadOptions {
  std::optional<double> rate(const OptionValue& value) {
    finding = reader.read(kClient, "tracesSampleRate", value);
    const ClientOptions options = finish().settings.client;
    EXPECT_TRUE(options.tracing_enabled());
    return options.traces_sample_rate;
  }
  std::string finding;
};

TEST_F(SampleRate, IsANumberFromZeroToOne) {
  EXPECT_EQ(rate(number(0)), 0);
  EXPECT_EQ(rate(number(0.25)), 0.25);
  EXPECT_EQ(rate(number(1)), 1);
  EXPECT_EQ(finding, "");
}

TEST_F(SampleRate, MayBeASwitch) {
  EXPECT_EQ(rate(flag(true)), 1);
  EXPECT_EQ(rate(flag(false)), 0);
}

TEST_F(SampleRate, MayBeTheBeginningOfAText) {
  EXPECT_EQ(rate(text("0.5abc")), 0.5);
  EXPECT_EQ(finding, "");
}

TEST_F(SampleRate, OutOfRangeSamplesNothingButTurnsTracingOn) {
  EXPECT_EQ(rate({OptionValue::Kind::Number, 1.5, "1.5"}), std::nullopt);
  EXPECT_EQ(finding,
            "options.tracesSampleRate: expected a number from 0 to 1, got 1.5; "
            "no trace is sampled");
}

TEST_F(SampleRate, ThatIsNoNumberSamplesNothingButTurnsTracingOn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(rate({OptionValue::Kind::Number, nan, "NaN"}), std::nullopt);
  EXPECT_EQ(rate(text("high")), std::nullopt);
  EXPECT_EQ(rate(other(OptionValue::Kind::Function)), std::nullopt);
  EXPECT_EQ(rate(other(OptionValue::Kind::Other)), std::nullopt);
}

}  // namespace
}  // namespace throughline
