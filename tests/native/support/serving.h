// A core that serves requests.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/fixed_random.h"
#include "support/time.h"
#include "throughline/server.h"

namespace throughline {

struct Serving : testing::Test {
  static constexpr char kTrace[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static constexpr char kIncoming[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-1";
  static constexpr char kBaggage[] =
      "sentry-trace_id=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,sentry-sampled=true,sentry-sample_rand=0."
      "25";

  Serving() {
    settings.client.dsn = *parse_dsn("https://pub@collector.test/1");
    settings.client.traces_sample_rate_given = true;
    settings.client.traces_sample_rate = 1;
    settings.client.parent_span_is_always_root_span = false;
    core.configure(settings);
  }

  Handle open(Text trace = kIncoming, Text baggage = kBaggage) {
    return core.open_request({trace, baggage, {}}).handle;
  }

  StartedSpan start(Handle scope, Text target = "/users/7") {
    IncomingStart incoming;
    incoming.request.method = "GET";
    incoming.request.target = target;
    incoming.request.host = "shop.test";
    incoming.scope = scope;
    incoming.now = at(0);
    return core.start_incoming(incoming);
  }

  void end(const StartedSpan& span, int status) {
    ResponseEnd response;
    response.status = status;
    core.end_incoming(span.handle, response, at(10));
  }

  // The transaction that is due, or null.
  nlohmann::json take() {
    const std::string text{core.take(at(20)).text};
    if (text.find("\"transaction\"") == std::string::npos) return nullptr;
    return nlohmann::json::parse(text.substr(text.rfind('\n')));
  }

  std::string sentry_trace(Place place) {
    const HeaderTexts texts = core.header_texts_at(place);
    std::string text{texts.sentry_trace_prefix()};
    return text.append(std::string{to_hex(core.span_id_at(place))})
        .append(std::string{texts.sentry_trace_suffix()});
  }

  RequestAnswer send(Place place, Text url = "http://other.test/x?y=1") {
    RequestStart begin;
    begin.place = place;
    begin.url = url;
    begin.now = at(5);
    return core.outgoing({OutgoingRequest::By::Http, "GET", url, {}}, begin);
  }

  std::uint32_t lost(Text reason, Text category) {
    for (const Loss& loss : core.losses().all()) {
      if (Text{loss.reason} == reason && Text{loss.category} == category) return loss.quantity;
    }
    return 0;
  }

  FixedRandom random;
  Settings settings;
  Server core{random};
};

}  // namespace throughline
