#include "support/streamed_core.h"

// Who has a say in which spans are sent one by one: options, the host, its listeners.
namespace throughline {
namespace {

using Json = StreamedCore::Json;

// Spans that `ignoreSpans` means are found at their start (spans.md section 7).
struct StreamedIgnored : StreamedCore {
  StreamedIgnored() {
    settings.client.parent_span_is_always_root_span = false;
    core.configure(settings);
    core.span_filter().add("skip", {}, {});
  }
};

TEST_F(StreamedIgnored, AreCountedAndNotSent) {
  const StartedSpan root = span("root", 0);
  const StartedSpan skipped = span("skip me", 1, root.handle);
  EXPECT_FALSE(skipped.sampled);
  end(span("leaf", 2, skipped.handle), 3);
  end(skipped, 4);
  end(root, 5);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].names(), (std::vector<std::string>{"leaf", "root"}));
  EXPECT_EQ(sent[0].span("leaf")["parent_span_id"], to_hex(root.id));
  EXPECT_EQ(lost("ignored", "span"), 1U);
}

TEST_F(StreamedIgnored, RootsTakeTheirChildrenAlong) {
  const StartedSpan root = span("skip", 0);
  EXPECT_FALSE(root.sampled);
  end(span("child", 1, root.handle), 2);
  end(root, 5);
  run_until(1000);
  EXPECT_TRUE(sent.empty());
  EXPECT_EQ(lost("ignored", "span"), 2U);
  EXPECT_EQ(lost("sample_rate", "span"), 0U);
}

TEST_F(StreamedIgnored, AreNotFoundByWhatTheyAreCalledLater) {
  const StartedSpan root = span("root", 0);
  core.tracer().set_name(*core.tracer().store().find(root.handle), "skip");
  end(root, 5);
  run_until(1000);
  EXPECT_EQ(sent.size(), 1U);
}

TEST_F(StreamedIgnored, AreNotFoundByWhatTheyAreCalledWhenTheirRouteEnds) {
  load();
  const StartedSpan open = span("open", 60);
  core.tracer().set_name(*core.tracer().store().find(open.handle), "skip");
  run_until(60000);
  std::vector<std::string> names;
  for (const Envelope& envelope : sent) {
    for (const std::string& name : envelope.names()) names.push_back(name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"skip", "/start"}));
  EXPECT_EQ(lost("ignored", "span"), 0U);
}

TEST_F(StreamedIgnored, AreAskedAboutOnce) {
  core.span_filter().ask_host();
  int asked = 0;
  ignores = [&asked](const Json&) { return ++asked > 1; };
  end(span("root", 0), 5);
  EXPECT_EQ(asked, 1);
}

TEST_F(StreamedIgnored, MayBeAskedOfTheHost) {
  core.span_filter().ask_host();
  ignores = [](const Json& span) { return span.at("description") == "GET /api"; };
  const StartedSpan root = span("root", 0);
  respond(request(1, "/api", {Runtime::kGlobalScope, root.handle}), 2);
  end(root, 5);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"root"});
  EXPECT_EQ(lost("ignored", "span"), 1U);
}

// A host that sees each span.
struct StreamedShown : StreamedCore {
  StreamedShown() { core.stream({.on = true, .shown = true}); }
};

TEST_F(StreamedShown, AreAsTheHostLeftThem) {
  shows = [](const Json& span) {
    EXPECT_EQ(span.at("attributes").at("sentry.origin"), "manual");
    return R"({"name":"shown","attributes":{}})";
  };
  end(span("root", 0), 1);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].payload["items"],
            Json::array({{{"name", "shown"}, {"attributes", Json::object()}}}));
}

TEST_F(StreamedShown, AreAsTheyWereWhereItHasNothingToSay) {
  end(span("root", 0), 1);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].value("root", "sentry.origin"), "manual");
}

TEST_F(StreamedShown, AreSentWithAFlushThoughTheyWaitedUntilThen) {
  core.stream({.on = true, .shown = true, .measured = true});
  respond(request(10), 20);
  core.flush_spans();
  settle(30);
  EXPECT_EQ(sent.size(), 1U);
}

TEST_F(StreamedShown, EndWithWhatListenersMadeOfThem) {
  core.listen({.spans = true});
  const StartedSpan root = core.start_span({}, {.name = "root"}, at(0));
  core.end_span(root.handle, at(1), at(1));
  EXPECT_EQ(core.hear().kind, SpanNote::Kind::Started);
  EXPECT_FALSE(core.has_payload());
  EXPECT_EQ(core.hear().kind, SpanNote::Kind::Ended);
  core.tracer().set_name(*core.tracer().store().find(root.handle), "renamed");
  EXPECT_EQ(core.hear().kind, SpanNote::Kind::None);
  settle(1);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"renamed"});
}

// The option, the integration and a hook that knows transactions only.
TEST(WhetherSpansAreStreamed, IsSaidByOptionIntegrationAndHook) {
  using Lifecycle = Streaming::Lifecycle;
  FixedRandom random;
  Streaming core{random};
  const auto follow = [&](Lifecycle lifecycle, bool integration, bool hook_is_static) {
    core.set_lifecycle(lifecycle);
    return core.follow({.integration = integration, .hook_is_static = hook_is_static});
  };
  EXPECT_EQ(follow(Lifecycle::Unset, false, false), Streams::No);
  EXPECT_EQ(follow(Lifecycle::Unset, true, false), Streams::Yes);
  EXPECT_EQ(follow(Lifecycle::Stream, false, false), Streams::Yes);
  EXPECT_EQ(follow(Lifecycle::Static, true, false), Streams::No);
  EXPECT_EQ(follow(Lifecycle::Stream, false, true), Streams::HookIsStatic);
  EXPECT_EQ(follow(Lifecycle::Unset, false, true), Streams::No);
  EXPECT_FALSE(core.streams());
}

TEST(WhetherSpansAreStreamed, IsNotSaidByOptionsOfBefore) {
  FixedRandom random;
  Streaming core{random};
  core.set_lifecycle(Streaming::Lifecycle::Stream);
  EXPECT_EQ(core.follow({}), Streams::Yes);
  EXPECT_EQ(core.follow({}), Streams::No);
}

// Options may change while spans are open.
struct StreamSwitched : StreamedCore {};

TEST_F(StreamSwitched, OnSendWhatHadEndedBelowAnOpenRoot) {
  core.stream({});
  const StartedSpan root = span("root", 0);
  end(span("child", 1, root.handle), 2);
  core.stream({.on = true});
  settle(3);
  end(root, 4);
  run_until(1000);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].names(), (std::vector<std::string>{"child", "root"}));
}

TEST_F(StreamSwitched, OffSendNothingTwice) {
  const StartedSpan root = span("root", 0);
  end(span("first", 1, root.handle), 2);
  core.stream({});
  end(span("second", 3, root.handle), 4);
  end(root, 5);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].names(), std::vector<std::string>{"first"});
  EXPECT_EQ(sent[1].item["type"], "transaction");
  ASSERT_EQ(sent[1].payload["spans"].size(), 1U);
  EXPECT_EQ(sent[1].payload["spans"][0]["description"], "second");
  EXPECT_EQ(lost("invalid", "span"), 0U);
}

}  // namespace
}  // namespace throughline
