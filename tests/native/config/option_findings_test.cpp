#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "support/options.h"

// One line for everything that is not usable: key, what was expected, what came, what happens now.
namespace throughline {
namespace {

struct Finding : ReadOptions {
  std::string client(std::string_view key, const OptionValue& value) {
    return reader.read(kClient, key, value);
  }
  std::string tracing(std::string_view key, const OptionValue& value) {
    return reader.read(kTracing, key, value);
  }
};

TEST_F(Finding, TellsKeyExpectationValueAndConsequence) {
  EXPECT_EQ(client("release", flag(true)),
            "options.release: expected a string, got true; as if it were not set");
}

TEST_F(Finding, QuotesATextThatCame) {
  EXPECT_EQ(client("debug", text("yes")),
            "options.debug: expected a boolean, got \"yes\"; as if it were not set");
}

TEST_F(Finding, NamesTheIntegrationWhoseOptionItIs) {
  EXPECT_EQ(tracing("idleTimeout", text("1s")),
            "browserTracingIntegration.idleTimeout: expected milliseconds from 0, got \"1s\"; "
            "as if it were not set");
}

TEST_F(Finding, NamesTheOptionsOfTheTransport) {
  EXPECT_EQ(reader.read(kTransport, "bufferSize", text("many")),
            "transportOptions.bufferSize: expected a number from 0, got \"many\"; "
            "as if it were not set");
  EXPECT_EQ(reader.read(kTransport, "buffersize", number(7)),
            "transportOptions.buffersize: not known; ignored. Did you mean bufferSize?");
}

TEST_F(Finding, OfATransportKnowsNoTargets) {
  const OptionValue list = other(OptionValue::Kind::List);
  EXPECT_EQ(reader.read(kTransport, "tracePropagationTargets", list),
            "transportOptions.tracePropagationTargets: not known; ignored");
  reader.read_target(kTransport, "tracePropagationTargets", text("/api"));
  EXPECT_EQ(finish().target_list, -1);
}

TEST_F(Finding, IsMadeForEachTypeThatDoesNotFit) {
  EXPECT_NE(client("enabled", number(1)), "");
  EXPECT_NE(client("dsn", number(1)), "");
  EXPECT_NE(client("environment", other(OptionValue::Kind::Other)), "");
  EXPECT_NE(client("integrations", text("x")), "");
  EXPECT_NE(tracing("shouldCreateSpanForRequest", flag(true)), "");
  EXPECT_NE(tracing("finalTimeout", other(OptionValue::Kind::Other)), "");
}

TEST_F(Finding, IsNotMadeForAnObjectWhereOneIsExpected) {
  EXPECT_EQ(client("transportOptions", other(OptionValue::Kind::Other)), "");
  EXPECT_EQ(client("transportOptions", text("gzip")),
            "options.transportOptions: expected an object, got \"gzip\"; as if it were not set");
}

TEST_F(Finding, WantsAFunctionAsTransport) {
  EXPECT_EQ(client("transport", other(OptionValue::Kind::Function)), "");
  EXPECT_EQ(client("transport", text("fetch")),
            "options.transport: expected a function, got \"fetch\"; as if it were not set");
}

TEST_F(Finding, LeavesTheDefaultInForce) {
  client("enabled", text("no"));
  client("environment", flag(false));
  tracing("idleTimeout", text("1s"));
  const Settings settings = finish().settings;
  EXPECT_TRUE(settings.client.enabled);
  EXPECT_EQ(settings.client.environment, "production");
  EXPECT_EQ(settings.route.timeouts.idle, milliseconds(1000));
}

TEST_F(Finding, IsMadeForTimeoutsOutOfRange) {
  EXPECT_NE(tracing("idleTimeout", number(-1)), "");
  EXPECT_NE(tracing("idleTimeout", number(std::numeric_limits<double>::quiet_NaN())), "");
  EXPECT_NE(tracing("idleTimeout", number(std::numeric_limits<double>::infinity())), "");
  EXPECT_EQ(finish().settings.route.timeouts.idle, milliseconds(1000));
}

TEST_F(Finding, SaysThatAnUnusableDsnSendsNothing) {
  EXPECT_EQ(client("dsn", text("nonsense")),
            "options.dsn: expected a DSN, got \"nonsense\"; nothing is sent, headers still work");
  EXPECT_FALSE(finish().settings.client.dsn);
}

TEST_F(Finding, OfAnUnusableDsnIsMadeOnce) {
  client("dsn", text("nonsense"));
  const String findings = finish().findings;
  EXPECT_EQ(Text{findings}.find("options.dsn"), Text::npos);
}

TEST_F(Finding, SaysWhatFollowsFromAMissingDsn) {
  const String findings = finish().findings;
  EXPECT_TRUE(
      Text{findings}.starts_with("options.dsn: not set; nothing is sent, headers still work\n"));
}

TEST_F(Finding, SaysWhatFollowsFromMissingTargets) {
  const String findings = finish().findings;
  EXPECT_TRUE(Text{findings}.ends_with(
      "options.tracePropagationTargets: not set; headers go to the page's own origin only\n"));
}

TEST_F(Finding, IsNotMadeWhereAllIsSet) {
  client("dsn", text("https://pub@o42.ingest.example.io/7"));
  client("tracePropagationTargets", other(OptionValue::Kind::List));
  EXPECT_TRUE(finish().findings.empty());
}

using UnknownOption = Finding;

TEST_F(UnknownOption, IsIgnoredWithTheNearestKnownName) {
  EXPECT_EQ(client("tracesSamplerate", number(1)),
            "options.tracesSamplerate: not known; ignored. Did you mean tracesSampleRate?");
  EXPECT_EQ(tracing("idleTimeOut", number(1)),
            "browserTracingIntegration.idleTimeOut: not known; ignored. Did you mean idleTimeout?");
  EXPECT_EQ(client("tracePropagationTarget", text("x")),
            "options.tracePropagationTarget: not known; ignored. "
            "Did you mean tracePropagationTargets?");
}

TEST_F(UnknownOption, IsIgnoredWithoutASuggestionWhenNothingIsNear) {
  EXPECT_EQ(client("completelyDifferent", number(1)),
            "options.completelyDifferent: not known; ignored");
}

TEST_F(UnknownOption, MayHaveAnyName) {
  const std::string finding = client(std::string(5000, 'x'), number(1));
  EXPECT_TRUE(finding.ends_with("not known; ignored"));
  EXPECT_TRUE(client("", number(1)).starts_with("options.: not known; ignored"));
}

TEST_F(UnknownOption, IsOneThatStandsInTheWrongPlace) {
  EXPECT_NE(client("idleTimeout", number(1)), "");
  EXPECT_NE(tracing("release", text("x")), "");
}

TEST_F(UnknownOption, OfAnotherProductIsIgnoredWithoutAWord) {
  for (const char* key :
       {"replaysSessionSampleRate", "replaysOnErrorSampleRate", "profilesSampleRate",
        "profileLifecycle", "profileSessionSampleRate", "enableLogs", "enableMetrics",
        "beforeSendLog", "beforeSendMetric", "beforeBreadcrumb", "maxBreadcrumbs", "ignoreErrors",
        "allowUrls", "denyUrls", "sampleRate", "attachStacktrace", "initialScope",
        "defaultIntegrations", "_experiments"}) {
    EXPECT_EQ(client(key, number(1)), "") << key;
  }
}

TEST_F(UnknownOption, IsNotTakenForAnotherProductByAPartOfItsName) {
  for (const char* key : {"", "replay", "tracesampleRate", "myReplays", "enable", "max"}) {
    EXPECT_NE(client(key, number(1)), "") << key;
  }
}

TEST_F(UnknownOption, ThatIsAbsentIsNothing) { EXPECT_EQ(client("nonsense", {}), ""); }

}  // namespace
}  // namespace throughline
