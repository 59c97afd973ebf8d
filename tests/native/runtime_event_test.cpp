// Events that are no transactions: what the core knows of them, and how they are delivered
// (envelope.md sections 3, 4.1, 6 and 7).
#include "support/driven_core.h"

namespace throughline {
namespace {

struct AnEvent : DrivenCore {
  struct Opened {
    std::uint32_t id = 0;
    Json header;
    Json event;
  };
  Opened open(double now = 100) {
    String text;
    core.open_event(text, at(now));
    const std::string lines{text};
    if (lines.empty()) return {};
    const std::size_t header = lines.find('\n') + 1;
    const std::size_t event = lines.find('\n', header) + 1;
    return {static_cast<std::uint32_t>(std::stoul(lines)),
            Json::parse(lines.substr(header, event - header)), Json::parse(lines.substr(event))};
  }
};

TEST_F(AnEvent, HasTheHeaderOfItsEnvelope) {
  EXPECT_EQ(open(1234).header, Json::parse(R"({
    "sent_at": "2023-11-14T22:13:21.234Z",
    "sdk": {"name": "throughline.native", "version": "1.2.3"}
  })"));
}

TEST_F(AnEvent, NamesItsProjectBehindATunnel) {
  settings.client.tunnel = "/tunnel";
  configure();
  EXPECT_EQ(open().header["dsn"], "https://pub@o42.ingest.example.io/7");
}

TEST_F(AnEvent, HasWhatEveryEventHas) {
  settings.client.dist = "42";
  configure();
  core.set_page(
      {std::string{kPage}, std::string{kPage}},
      {"https://user:secret@app.example.com/start", "https://ref.example.com/", "UA/1.0"});
  Json event = open().event;
  EXPECT_EQ(event["sdk"]["packages"][0]["name"], "npm:throughline");
  event.erase("sdk");
  EXPECT_EQ(event, Json::parse(R"({
    "request": {
      "url": "https://%filtered%:%filtered%@app.example.com/start",
      "headers": {"Referer": "https://ref.example.com/", "User-Agent": "UA/1.0"}
    },
    "release": "app@1.0",
    "environment": "production",
    "dist": "42"
  })"));
}

TEST_F(AnEvent, IsNamedAfterItsRouteAlsoOnceThatHasEnded) {
  load();
  EXPECT_EQ(open().event["transaction"], "/start");
  end(active(), 200);
  EXPECT_EQ(open(300).event["transaction"], "/start");
  go("https://app.example.com/next", 5000);
  EXPECT_EQ(open(5100).event["transaction"], "/next");
}

TEST_F(AnEvent, IsNamedAfterARedirect) {
  load();
  go("https://app.example.com/login", 100);
  EXPECT_EQ(open(200).event["transaction"], "/login");
}

TEST_F(AnEvent, IsNamedAfterItsRouteWhereTracingIsOff) {
  settings.client.traces_sample_rate_given = false;
  configure();
  load();
  EXPECT_EQ(open().event["transaction"], "/start");
}

TEST_F(AnEvent, OfNoRouteHasNoName) { EXPECT_FALSE(open().event.contains("transaction")); }

TEST_F(AnEvent, IsNotMadeWithoutADsn) {
  settings.client.dsn.reset();
  configure();
  EXPECT_EQ(open().id, 0U);
}

TEST_F(AnEvent, IsNotMadeWhereAllIsOff) {
  settings.client.enabled = false;
  configure();
  EXPECT_EQ(open().id, 0U);
}

TEST_F(AnEvent, IsNotMadeAfterTheClose) {
  core.close(at(50));
  EXPECT_EQ(open().id, 0U);
}

TEST_F(AnEvent, IsCountedWhereItFindsNoRoom) {
  for (int i = 0; i < 40; ++i) ASSERT_NE(open().id, 0U) << i;
  EXPECT_EQ(open().id, 0U);
  EXPECT_EQ(lost("queue_overflow", "error"), 1U);
}

TEST_F(AnEvent, IsCountedWhereverItIsLost) {
  for (const int status : {0, -1, -2, 413, 200}) core.settled(open().id, status);
  EXPECT_EQ(report(200), Json({{"network_error/error", 1},
                               {"before_send/error", 1},
                               {"event_processor/error", 1},
                               {"send_error/error", 1}}));
}

TEST_F(AnEvent, OutlivesThePageWhileLittleIsInFlight) {
  const std::uint32_t first = open().id;
  EXPECT_TRUE(core.weigh(first, 59999));
  EXPECT_FALSE(core.weigh(open().id, 2));
  core.settled(first, 200);
  EXPECT_TRUE(core.weigh(open().id, 2));
}

}  // namespace
}  // namespace throughline
