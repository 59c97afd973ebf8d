// A client as C++ programs have it, and what it hands out.
#pragma once

#include <gtest/gtest.h>
#include <throughline.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "support/examples.h"

namespace throughline {

inline constexpr char kIncomingBaggage[] =
    "sentry-trace_id=4bf92f3577b34da6a3ce929d0e0e4736,sentry-sample_rand=0.25,"
    "sentry-sample_rate=0.5,sentry-sampled=true,sentry-public_key=other,other=1";
// What goes on of it.
inline constexpr char kFrozenBaggage[] =
    "sentry-trace_id=4bf92f3577b34da6a3ce929d0e0e4736,sentry-sample_rand=0.25,"
    "sentry-sample_rate=0.5,sentry-sampled=true,sentry-public_key=other";

// Every trace is sampled with rate 1; the clock stands still unless a test moves it.
struct NativeClient : testing::Test {
  using Json = nlohmann::ordered_json;

  struct Received {
    std::string endpoint;
    std::vector<std::string> lines;
  };

  NativeClient() {
    options.dsn = "https://pub@o42.ingest.example.io/7";
    options.release = "shop@1.0";
    options.traces_sample_rate = 1;
    options.clock = [this] { return time; };
    options.random = [this] { return ++random; };
    options.on_warning = [this](std::string_view warning) { warnings.emplace_back(warning); };
    options.on_envelope = [this](const std::string& endpoint, const std::string& envelope) {
      const std::lock_guard<std::mutex> lock(mutex);
      Received one{endpoint, {}};
      for (std::size_t at = 0; at < envelope.size();) {
        const std::size_t end = std::min(envelope.find('\n', at), envelope.size());
        one.lines.push_back(envelope.substr(at, end - at));
        at = end + 1;
      }
      received.push_back(std::move(one));
      return status;
    };
  }

  Client& client() {
    if (!made) made.emplace(options);
    return *made;
  }
  Request continued() {
    return client().incoming({.method = "GET",
                              .target = "/items/7?color=red",
                              .host = "shop.test",
                              .sentry_trace = kSentryTrace,
                              .baggage = kIncomingBaggage});
  }
  void wait(std::chrono::milliseconds duration) { time += duration; }

  // Of envelope number `index`.
  Json header(std::size_t index) { return Json::parse(received.at(index).lines.at(0)); }
  Json payload(std::size_t index) { return Json::parse(received.at(index).lines.at(2)); }
  // quantity by "reason/category" of the client report that a flush makes.
  Json report() {
    const std::size_t before = received.size();
    client().flush();
    Json losses = Json::object();
    if (received.size() == before) return losses;
    const Json sent = payload(before);
    for (const Json& loss : sent["discarded_events"]) {
      losses[loss["reason"].get<std::string>() + "/" + loss["category"].get<std::string>()] =
          loss["quantity"];
    }
    return losses;
  }

  Options options;
  std::chrono::system_clock::time_point time{std::chrono::seconds(1700000000)};
  std::uint64_t random = 0;
  int status = 200;
  std::mutex mutex;
  std::vector<Received> received;
  std::vector<std::string> warnings;
  // Goes first: it hands out its report.
  std::optional<Client> made;
};

}  // namespace throughline
