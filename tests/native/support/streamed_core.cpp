#include "support/streamed_core.h"

#include <algorithm>

namespace throughline {

using Json = StreamedCore::Json;

std::vector<std::string> StreamedCore::Envelope::names() const {
  std::vector<std::string> all;
  for (const Json& one : payload.at("items")) all.push_back(one.at("name"));
  return all;
}

Json StreamedCore::Envelope::span(std::string_view name) const {
  for (const Json& one : payload.at("items")) {
    if (one.at("name") == name) return one;
  }
  return nullptr;
}

Json StreamedCore::Envelope::value(std::string_view name, const char* key) const {
  const Json found = span(name);
  if (found.is_null() || !found.at("attributes").contains(key)) return nullptr;
  return found.at("attributes").at(key).at("value");
}

StreamedCore::StreamedCore() {
  settings.client = traced_options();
  settings.sdk = {"throughline.native", "1.2.3", "npm:throughline", "BrowserTracing"};
  core.configure(settings);
  core.stream({.on = true});
  core.set_page({std::string{kPage}, std::string{kPage}},
                {std::string{kPage}, "https://ref.example.com/", "UA/1.0"});
}

void StreamedCore::load() {
  PageLoad page;
  page.href = kPage;
  page.start = at(0);
  page.document_ready = true;
  page.now = at(50);
  core.page_load(page);
  settle(50);
}

StartedSpan StreamedCore::span(std::string_view name, double now, Handle active) {
  const StartedSpan started =
      core.start_span({Runtime::kGlobalScope, active}, {.name = name}, at(now));
  settle(now);
  return started;
}

void StreamedCore::end(const StartedSpan& span, double now) {
  core.end_span(span.handle, at(now), at(now));
  settle(now);
}

RequestAnswer StreamedCore::request(double now, std::string_view url, Place place) {
  const RequestAnswer answer =
      core.request({.place = place, .url = url, .method = "GET", .now = at(now)});
  settle(now);
  return answer;
}

void StreamedCore::respond(const RequestAnswer& answer, double now) {
  core.response(answer.span, 200, 0, at(now));
  settle(now);
}

void StreamedCore::settle(double now) {
  core.has_heard();
  while (core.has_payload()) {
    const Payload payload = core.take(at(now));
    if (payload.asks == kAskIgnored) {
      const Json spans = Json::parse(std::string{payload.text});
      core.mark_ignored(payload.id, ignores(spans.at(0)) ? "1" : "0");
    } else if (payload.asks == kAskSpan) {
      core.answer_span(shows(Json::parse(std::string{payload.text})));
    } else if (payload.id != 0) {
      const std::string text{payload.text};
      const std::size_t first = text.find('\n');
      const std::size_t second = text.find('\n', first + 1);
      sent.push_back({now, Json::parse(text.substr(0, first)),
                      Json::parse(text.substr(first + 1, second - first - 1)),
                      Json::parse(text.substr(second + 1))});
      core.settled(payload.id, 200);
    }
    core.has_heard();
  }
}

void StreamedCore::run_until(double now) {
  for (std::optional<UnixTime> next = core.deadline(); next && *next <= at(now);
       next = core.deadline()) {
    core.wake(*next);
    settle(to_milliseconds(*next) - to_milliseconds(at(0)));
  }
}

}  // namespace throughline
