#include <atomic>
#include <stdexcept>
#include <thread>

#include "native/native_client.h"

namespace throughline {
namespace {

using NativeLifetime = NativeClient;

TEST_F(NativeLifetime, WhatWasMovedFromDoesNothing) {
  Request request = continued();
  Request moved = std::move(request);
  request.set_route("/x");
  request.finish(200);
  EXPECT_EQ(request.headers().sentry_trace, "");
  EXPECT_EQ(request.meta_tags(), "");
  Span nothing = request.start_span({.name = "x"});
  nothing.set_attribute("a", 1);
  nothing.set_status(Status::Ok);
  nothing.end();
  EXPECT_EQ(nothing.trace_id() + nothing.span_id(), "");
  Call call = nothing.start_call({.url = "https://stock.test/"});
  call.finish(200);
  EXPECT_EQ(call.headers().baggage, "");
  EXPECT_TRUE(received.empty());

  Span span = moved.start_span({.name = "moved"});
  Span other = std::move(span);
  span.end();
  span.set_name("y");
  Call one = other.start_call({.url = "https://stock.test/1"});
  Call two = std::move(one);
  one.fail();
  two.finish(200);
  other.end();
  moved.finish(200);
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(payload(0)["spans"][0]["description"], "moved");
  EXPECT_EQ(payload(0)["spans"][1]["status"], "ok");

  Client empty = std::move(client());
  EXPECT_EQ(client().incoming({}).headers().sentry_trace, "");
  EXPECT_EQ(client().new_trace().trace_id(), "");
  EXPECT_EQ(client().new_trace().start_span({}).trace_id(), "");
  EXPECT_TRUE(client().flush());
  EXPECT_TRUE(empty.close());
}

TEST_F(NativeLifetime, AssigningEndsWhatWasThereBefore) {
  Request request = continued();
  Span span = request.start_span({.name = "first"});
  wait(std::chrono::milliseconds(4));
  span = request.start_span({.name = "second"});
  Span& same = span;
  span = std::move(same);
  wait(std::chrono::milliseconds(4));
  span = Span();
  request = Request();
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(payload(0)["spans"][0]["timestamp"], 1700000000.004);
  EXPECT_EQ(payload(0)["spans"][1]["timestamp"], 1700000000.008);
}

TEST_F(NativeLifetime, AClosedClientDoesNothing) {
  Request open = continued();
  EXPECT_TRUE(client().close());
  open.finish(200);
  EXPECT_EQ(continued().headers().sentry_trace, "");
  EXPECT_EQ(continued().meta_tags(), "");
  EXPECT_EQ(client().new_trace().headers().baggage, "");
  EXPECT_EQ(open.start_call({.url = "https://stock.test/"}).headers().sentry_trace, "");
  EXPECT_TRUE(received.empty());
}

TEST_F(NativeLifetime, SpansMayOutliveTheClient) {
  Request request = continued();
  Span span = request.start_span({.name = "late"});
  made.reset();
  span.end();
  request.finish(200);
  EXPECT_TRUE(received.empty());
}

TEST_F(NativeLifetime, WhatTheReceiverDidNotGetIsReported) {
  status = 0;
  continued().finish(200);
  status = 413;
  continued().finish(200);
  status = 200;
  EXPECT_EQ(report(), Json({{"network_error/transaction", 1}, {"send_error/transaction", 1}}));
  EXPECT_EQ(report(), Json::object());
}

TEST_F(NativeLifetime, ACallbackThatThrowsIsANetworkError) {
  const auto receive = options.on_envelope;
  bool throws = true;
  options.on_envelope = [&](const std::string& endpoint, const std::string& envelope) {
    if (throws) throw std::runtime_error("no");
    return receive(endpoint, envelope);
  };
  continued().finish(200);
  throws = false;
  EXPECT_EQ(report(), Json({{"network_error/transaction", 1}}));
}

TEST_F(NativeLifetime, WhatIsNotSampledFinishedOrWantedIsReported) {
  Request late = continued();
  Span open = late.start_span({.name = "open"});
  late.finish(200);
  (void)open.start_span({.name = "too late"});
  continued().finish(404);
  options.traces_sample_rate = 0;
  client()
      .incoming({.method = "GET",
                 .target = "/",
                 .sentry_trace = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"})
      .finish(200);
  Json losses = report();
  EXPECT_EQ(losses["invalid/span"], 2);
  EXPECT_EQ(losses["event_processor/transaction"], 1);
  EXPECT_EQ(losses["sample_rate/transaction"], 1);
}

TEST_F(NativeLifetime, LossesAreReportedOnceAMinute) {
  status = 0;
  continued().finish(200);
  continued().finish(200);
  EXPECT_EQ(received.size(), 2U);
  status = 200;
  wait(std::chrono::seconds(60));
  continued().finish(200);
  ASSERT_EQ(received.size(), 4U);
  EXPECT_EQ(received[3].lines.at(1), R"({"type":"client_report"})");
  EXPECT_EQ(payload(3)["discarded_events"][0]["quantity"], 2);
}

TEST_F(NativeLifetime, TheReceiverMayUseTheClient) {
  int calls = 0;
  options.on_envelope = [&](const std::string&, const std::string&) {
    if (++calls == 1) continued().finish(200);
    client().flush();
    return 200;
  };
  continued().finish(200);
  EXPECT_EQ(calls, 2);
}

TEST_F(NativeLifetime, ClosingWaitsForTheReceiverOnOtherThreads) {
  std::atomic<bool> inside{false};
  std::atomic<bool> leave{false};
  options.on_envelope = [&](const std::string&, const std::string&) {
    inside = true;
    while (!leave) std::this_thread::yield();
    return 200;
  };
  std::thread other([request = continued()]() mutable { request.finish(200); });
  while (!inside) std::this_thread::yield();
  EXPECT_FALSE(client().flush(std::chrono::milliseconds(1)));
  leave = true;
  EXPECT_TRUE(client().close(std::chrono::milliseconds::max()));
  other.join();
}

TEST_F(NativeLifetime, ThreadsDoNotMixTheirTraces) {
  constexpr int kThreads = 8;
  constexpr int kRequests = 50;
  options.random = nullptr;
  options.traces_sampler = [](const SamplingContext& context) {
    return context.inherit_or_sample_with(1);
  };
  client();
  std::atomic<int> mixed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < kRequests; ++i) {
        Request request = client().incoming({.method = "GET", .target = "/work"});
        const std::string id = request.span().trace_id();
        Span span = request.start_span({.name = id});
        span.set_attribute("trace", id);
        Call call = span.start_call({.url = "https://stock.test/" + id});
        const TraceHeaders& headers = call.headers();
        if (!headers.sentry_trace.starts_with(id) ||
            headers.baggage.find("sentry-trace_id=" + id) == std::string::npos ||
            request.meta_tags().find(id) == std::string::npos) {
          ++mixed;
        }
        call.finish(200);
        span.end();
        request.finish(200);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(mixed, 0);
  ASSERT_EQ(received.size(), std::size_t{kThreads} * kRequests);
  for (std::size_t i = 0; i < received.size(); ++i) {
    const Json event = payload(i);
    const Json& id = event["contexts"]["trace"]["trace_id"];
    ASSERT_EQ(event["spans"].size(), 2U);
    EXPECT_EQ(event["spans"][0]["description"], id);
    EXPECT_EQ(event["spans"][0]["data"]["trace"], id);
    EXPECT_EQ(event["spans"][1]["description"], "GET https://stock.test/" + id.get<std::string>());
  }
}

TEST_F(NativeLifetime, OneRequestMayBeWorkedOnByManyThreads) {
  options.random = nullptr;
  Request request = continued();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        Span span = request.start_span({.name = "part"});
        (void)span.headers();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  request.finish(200);
  EXPECT_EQ(payload(0)["spans"].size(), 400U);
}

}  // namespace
}  // namespace throughline
