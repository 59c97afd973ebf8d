#include "throughline/export/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/tracing.h"

// Whole trees stand in tests/cases/transaction-envelopes.json.
namespace throughline {
namespace {

struct Envelope : Tracing {
  std::string written(const StartedSpan& root) {
    String out;
    const EnvelopeFacts facts{options, sdk, page, at(1234)};
    write_transaction_envelope(out, *find(root)->root, make_event_id(random), facts);
    return out;
  }
  std::string written_root(std::string_view name = "root") {
    const StartedSpan root = start({.name = name});
    tracer.end(*find(root), at(5));
    return written(root);
  }
  std::string report() {
    String out;
    write_client_report(out, losses, {options, sdk, page, at(1234)});
    return out;
  }
  static std::string line(const std::string& text, int number) {
    std::size_t begin = 0;
    for (; number > 1; --number) begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  SdkInfo sdk{"throughline.native", "1.2.3", "npm:throughline", "BrowserTracing,HttpContext"};
  PageFacts page;
};

MATCHER_P(Has, part, "") { return arg.find(part) != std::string::npos; }

TEST_F(Envelope, IsThreeLinesOfJson) {
  const StartedSpan root = start({.name = "root"});
  const StartedSpan child = start({.name = "child"}, root.handle);
  tracer.set_attribute(*find(child), "n", AttributeValue::of(1.5));
  tracer.end(*find(child), at(3.5));
  tracer.set_status(*find(root), StatusCode::Ok, {});
  tracer.end(*find(root), at(5));
  page = {"https://app.example.com/", "https://ref.example.com/", "UA/1.0"};
  options.dist = "42";
  EXPECT_EQ(
      written(root),
      R"({"event_id":"00000000000040038000000000000004","sent_at":"2023-11-14T22:13:21.234Z",)"
      R"("sdk":{"name":"throughline.native","version":"1.2.3"},)"
      R"("trace":{"environment":"production","release":"app@1.0","public_key":"pub",)"
      R"("trace_id":"0123456789ab4defbedcba9876543210","org_id":"42","transaction":"root",)"
      R"("sampled":"true","sample_rand":"0.25","sample_rate":"1"}})"
      "\n"
      R"({"type":"transaction"})"
      "\n"
      R"({"event_id":"00000000000040038000000000000004","type":"transaction",)"
      R"("platform":"javascript","transaction":"root","transaction_info":{"source":"custom"},)"
      R"("start_timestamp":1700000000,"timestamp":1700000000.005,)"
      R"("contexts":{"trace":{"trace_id":"0123456789ab4defbedcba9876543210",)"
      R"("span_id":"8000000000000001","origin":"manual","status":"ok",)"
      R"("data":{"sentry.origin":"manual","sentry.source":"custom","sentry.sample_rate":1}}},)"
      R"("spans":[{"trace_id":"0123456789ab4defbedcba9876543210","span_id":"8000000000000002",)"
      R"("parent_span_id":"8000000000000001","origin":"manual",)"
      R"("data":{"sentry.origin":"manual","n":1.5},"description":"child",)"
      R"("start_timestamp":1700000000,"timestamp":1700000000.0035}],)"
      R"("request":{"url":"https://app.example.com/","headers":)"
      R"({"Referer":"https://ref.example.com/","User-Agent":"UA/1.0"}},)"
      R"("release":"app@1.0","environment":"production","dist":"42",)"
      R"("sdk":{"name":"throughline.native","version":"1.2.3",)"
      R"("packages":[{"name":"npm:throughline","version":"1.2.3"}],)"
      R"("integrations":["BrowserTracing","HttpContext"],"settings":{"infer_ip":"never"}}})");
}

TEST_F(Envelope, TellsTheDsnWhereATunnelHasToKnowIt) {
  EXPECT_THAT(line(written_root(), 1), testing::Not(Has(R"("dsn")")));
  options.tunnel = "/tunnel";
  EXPECT_THAT(line(written_root(), 1), Has(R"("dsn":"https://pub@o42.ingest.example.io/7")"));
  EXPECT_EQ(line(report(), 1), R"({"dsn":"https://pub@o42.ingest.example.io/7"})");
}

TEST_F(Envelope, NamesANamelessTransactionInHeaderAndPayload) {
  const std::string text = written_root("");
  EXPECT_THAT(line(text, 1), Has(R"("transaction":"<unlabeled transaction>")"));
  EXPECT_THAT(line(text, 3), Has(R"("transaction":"<unlabeled transaction>")"));
}

TEST_F(Envelope, AsksForTheIpOfTheUserOnlyWhereTheOptionSaysSo) {
  EXPECT_THAT(written_root(), Has(R"("infer_ip":"never")"));
  options.send_default_pii = true;
  EXPECT_THAT(written_root(), Has(R"("infer_ip":"auto")"));
}

TEST_F(Envelope, HasNoRequestWithoutAPage) {
  EXPECT_THAT(written_root(), testing::Not(Has(R"("request")")));
}

TEST_F(Envelope, TellsNoCredentialsOfThePage) {
  page = {"https://user:secret@app.example.com/", "https://user:secret@ref.example.com/", ""};
  const std::string text = written_root();
  EXPECT_THAT(text, testing::Not(Has("secret")));
  EXPECT_THAT(text, Has(R"("Referer":"https://%filtered%:%filtered%@ref.example.com/")"));
}

TEST_F(Envelope, LeavesOutTheSourceThatWasRemoved) {
  const StartedSpan root = start({.name = "root"});
  tracer.set_attribute(*find(root), "sentry.source", {});
  tracer.end(*find(root), at(5));
  EXPECT_THAT(written(root), testing::Not(Has("transaction_info")));
}

TEST_F(Envelope, LeavesOutChildrenThatAreOpen) {
  const StartedSpan root = start({.name = "root"});
  start({.name = "open"}, root.handle);
  tracer.end(*find(root), at(5));
  EXPECT_THAT(written(root), Has(R"("spans":[])"));
}

TEST_F(Envelope, KeepsItsThreeLinesWhateverTheTextsHold) {
  const StartedSpan root = start({.name = "a\nb"});
  tracer.set_attribute(*find(root), "k\n", AttributeValue::of("v\r\n"));
  tracer.end(*find(root), at(5));
  const std::string text = written(root);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST_F(Envelope, HasNoIntegrationsWhereThereAreNone) {
  sdk.integrations = {};
  EXPECT_THAT(written_root(), Has(R"("integrations":[])"));
}

TEST_F(Envelope, OfAReportTellsTimeAndLosses) {
  losses.add("sample_rate", "transaction", 2);
  EXPECT_EQ(report(),
            "{}\n{\"type\":\"client_report\"}\n"
            R"({"timestamp":1700000001.234,"discarded_events":[)"
            R"({"reason":"sample_rate","category":"transaction","quantity":2}]})");
}

}  // namespace
}  // namespace throughline
