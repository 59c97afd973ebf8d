#include "bindings/spans.h"

#include <cstring>

#include "bindings/facades.h"
#include "throughline/export/span_json.h"

namespace throughline::bindings {
namespace {

SpanState* the_state = nullptr;

void put_route_change(const RouteChange& change, Text href) {
  cell(kAsks) = change.asks;
  cell(kReason) = static_cast<double>(change.reason);
  if (change.asks != kAskNothing) {
    put_decision_input();
    put_answer(String{core().route_span_name(href)});
    return;
  }
  cell(kSpanHandle) = change.span;
}

RouteStart route_start(RouteEvent event, const HostDecision& decision) {
  RouteStart route{from_time_input(event.start), from_milliseconds(event.now),
                   (event.answered & 1) != 0 ? &decision : nullptr, (event.answered & 2) != 0};
  for (Text* text : {&route.name, &route.op, &route.source, &route.origin}) {
    *text = event.texts.next();
  }
  return route;
}

}  // namespace

SpanState& span_state() {
  if (the_state == nullptr) the_state = new SpanState;
  return *the_state;
}

int wants(Runtime& runtime) { return wants_of(runtime); }

void tell_page_load(Runtime& runtime, const PageTexts& texts, const RouteEvent& event) {
  const HostDecision decision = host_decision();
  const PageLoad page{texts, route_start(event, decision), event.how != 0};
  put_route_change(runtime.page_load(page), page.href);
}

void tell_route_change(Runtime& runtime, Text to, const RouteEvent& event) {
  const HostDecision decision = host_decision();
  const Navigation navigation{route_start(event, decision), to,
                              static_cast<Navigation::Kind>(event.how)};
  put_route_change(runtime.route_change(navigation), to);
}

void append_dsc_to_shape(String& text, Runtime& runtime, Place place) {
  bool own = false;
  const Dsc dsc = runtime.dsc_at(place, &own);
  if (!own || !runtime.tracer().listeners.create_dsc) return;
  JsonWriter json(text);
  write_dsc(json, dsc);
}

void put_decision_input() {
  const DecisionInput& input = core().decision_input();
  cell(kParentSampled) = input.parent_sampled ? (*input.parent_sampled ? 1 : 0) : -1;
  cell(kParentRate) = input.parent_sample_rate.value_or(-1);
}

HostDecision host_decision() {
  HostDecision decision;
  if (cell(kParentSampled) >= 0) decision.parent_sampled = cell(kParentSampled) != 0;
  decision.sampler = static_cast<HostDecision::Sampler>(static_cast<int>(cell(kSampler)));
  decision.rate = cell(kSamplerRate);
  return decision;
}

void put_span(const StartedSpan& span) {
  // Whoever reads it makes an object of it.
  core().tracer().store().hold(span.root);
  cell(kSpanHandle) = span.handle;
  cell(kRootHandle) = span.root;
  cell(kSampled) = span.sampled ? 1 : 0;
  put_span_id(span.id);
  std::memcpy(&cell(kTraceId), span.trace_id.bytes.data(), sizeof(span.trace_id.bytes));
}

}  // namespace throughline::bindings
