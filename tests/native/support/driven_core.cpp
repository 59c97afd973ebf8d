#include "support/driven_core.h"

#include <algorithm>
#include <cmath>

namespace throughline {
namespace {

Json member(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  return found == object.end() ? Json(nullptr) : *found;
}

Sent parse_envelope(std::string_view text) {
  Sent sent;
  Json* const parts[] = {&sent.header, &sent.item, &sent.payload};
  for (Json* part : parts) {
    const std::string_view line = text.substr(0, text.find('\n'));
    *part = Json::parse(line, nullptr, false);
    EXPECT_TRUE(part->is_object()) << line;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  EXPECT_EQ(text, "") << "an envelope has three lines";
  return sent;
}

}  // namespace

Json Sent::trace(const char* key) const {
  return member(member(member(payload, "contexts"), "trace"), key);
}

Json Sent::data(const char* key) const { return member(trace("data"), key); }

Json Sent::span(std::string_view description) const {
  for (const Json& span : member(payload, "spans")) {
    if (member(span, "description") == description) return span;
  }
  return nullptr;
}

double ms(const Json& seconds) {
  if (!seconds.is_number()) return -1;
  return std::round((seconds.get<double>() - 1700000000) * 1e6) / 1e3;
}

DrivenCore::DrivenCore() {
  settings.client = traced_options();
  settings.sdk = {"throughline.native", "1.2.3", "npm:throughline", "BrowserTracing"};
  configure();
  core.set_page({std::string{kPage}, std::string{kPage}},
                {std::string{kPage}, "https://ref.example.com/", "UA/1.0"});
}

Reason DrivenCore::load(double now, bool document_ready) {
  PageLoad page;
  page.href = kPage;
  page.start = at(0);
  page.document_ready = document_ready;
  page.now = at(now);
  return core.page_load(page).reason;
}

Reason DrivenCore::load_with(std::string_view meta_sentry_trace, std::string_view meta_baggage) {
  PageLoad page;
  page.sentry_trace.meta = meta_sentry_trace;
  page.baggage.meta = meta_baggage;
  page.href = kPage;
  page.start = at(0);
  page.document_ready = true;
  page.now = at(50);
  return core.page_load(page).reason;
}

RequestAnswer DrivenCore::request(double now, std::string_view url, Place place) {
  return core.request({.place = place, .url = url, .method = "GET", .now = at(now)});
}

void DrivenCore::whole_request(double now, std::string_view url) {
  core.response(request(now, url).span, 200, 0, at(now + 10));
}

StartedSpan DrivenCore::span(std::string_view name, double now, Handle active) {
  return core.start_span({Runtime::kGlobalScope, active}, {.name = name}, at(now));
}

void DrivenCore::run_until(double now) {
  for (std::optional<UnixTime> next = core.deadline(); next && *next <= at(now);
       next = core.deadline()) {
    core.wake(*next);
  }
}

std::vector<Sent> DrivenCore::take(double now) {
  std::vector<Sent> all;
  for (Payload payload = core.take(at(now)); payload.id != 0; payload = core.take(at(now))) {
    all.push_back(parse_envelope(std::string{payload.text}));
    core.settled(payload.id, 200);
  }
  return all;
}

Sent DrivenCore::transaction(double now) {
  std::vector<Sent> all = take(now);
  EXPECT_EQ(all.size(), 1U);
  if (all.size() != 1) return {};
  EXPECT_EQ(all[0].item, Json({{"type", "transaction"}}));
  return all[0];
}

Json DrivenCore::report(double now) {
  core.page_hidden({}, at(now));
  Json counts = Json::object();
  for (const Sent& sent : take(now)) {
    for (const Json& loss : member(sent.payload, "discarded_events")) {
      const std::string reason = member(loss, "reason").get<std::string>();
      counts[reason + "/" + member(loss, "category").get<std::string>()] = member(loss, "quantity");
    }
  }
  return counts;
}

std::string DrivenCore::trace_id(Place place) { return sentry_trace({}, place).substr(0, 32); }

std::string DrivenCore::sentry_trace(const SpanId& span_id, Place place) {
  const HeaderTexts texts = core.header_texts_at(place);
  return std::string{texts.sentry_trace_prefix()}
      .append(to_hex(span_id))
      .append(texts.sentry_trace_suffix());
}

}  // namespace throughline
