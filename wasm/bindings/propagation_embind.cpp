// What JavaScript may call of propagation, outside the per-request path. Each entry forwards;
// none decides. Texts come in as in Texts and go out as in answer: embind's own strings weigh
// 3 KB brotli. `tl_word` follows each call.
#include <emscripten/bind.h>

#include "bindings/instance.h"

namespace throughline::bindings {
namespace {

OptionValue option_value(int kind, double number, Text text) {
  return {static_cast<OptionValue::Kind>(kind), number, text};
}

// Texts: key, value. Answers the finding, empty if there is none. `kind` as OptionValue::Kind.
void read_option(int group, int kind, double number, int address) {
  Texts texts(address);
  const Text key = texts.next();
  answer(instance().options.read(static_cast<OptionGroup>(group), key,
                                 option_value(kind, number, texts.next())));
}

// The same for one entry of a list.
void read_target(int group, int kind, int address) {
  Texts texts(address);
  const Text key = texts.next();
  answer(instance().options.read_target(static_cast<OptionGroup>(group), key,
                                        option_value(kind, 0, texts.next())));
}

// Puts what was read into force. Texts: name and version of the SDK, package, integrations.
// Answers findings, one a line. kReason: the list of targets that counts.
void apply_options(int address) {
  Texts texts(address);
  SdkInfo sdk;
  sdk.name = texts.next();
  sdk.version = texts.next();
  sdk.package = texts.next();
  sdk.integrations = texts.next();
  OptionReader::Checked checked = instance().options.finish(sdk);
  cell(kReason) = checked.target_list;
  runtime().configure(checked.settings);
  answer(std::move(checked.findings));
}

// Texts: location.href, document.baseURI, referrer, user agent.
void set_page(int address) {
  Texts texts(address);
  PageLocation location;
  PageFacts facts;
  location.href = facts.url = texts.next();
  location.base_url = texts.next();
  facts.referrer = texts.next();
  facts.user_agent = texts.next();
  runtime().set_page(location, facts);
}

// Texts: sentry-trace of the page-load API, of the meta tag, of Server-Timing (empty: not there),
// the same for baggage, location.href. kReason: where the trace came from.
void page_load(int address, double time_origin, int document_ready, double now) {
  Texts texts(address);
  PageLoad page;
  for (IncomingTexts* incoming : {&page.sentry_trace, &page.baggage}) {
    incoming->argument = texts.next();
    incoming->meta = texts.next();
    incoming->server_timing = texts.next();
  }
  page.href = texts.next();
  page.time_origin = from_milliseconds(time_origin);
  page.document_ready = document_ready != 0;
  page.now = from_milliseconds(now);
  cell(kReason) = static_cast<double>(runtime().page_load(page));
}

// Text: where to. kReason: what the change is.
void route_change(int address, double now) {
  const RouteChange change = runtime().route_change(Texts(address).next(), from_milliseconds(now));
  cell(kReason) = static_cast<double>(change.reason);
}

// Answers five lines: sentry-trace before and behind the span id, baggage, traceparent before
// and behind.
void header_texts(int scope, int active_span) {
  const HeaderTexts texts = runtime().header_texts_at(place_of(scope, active_span));
  String lines;
  for (const Text line :
       {texts.sentry_trace_prefix(), texts.sentry_trace_suffix(), Text{texts.baggage},
        texts.traceparent_prefix(), texts.traceparent_suffix()}) {
    lines.append(line).append("\n");
  }
  answer(std::move(lines));
}

// kSpanId: of headers that no request asked for.
void current_span_id(int scope, int active_span) {
  StartedSpan span;
  span.id = runtime().span_id_at(place_of(scope, active_span));
  put_span(span);
}

void name_of_reason(int reason) { answer(String{reason_name(static_cast<Reason>(reason))}); }

// Texts: a baggage header that the application set, ours. Answers both joined by the rule.
void join_baggage(int address) {
  Texts texts(address);
  const Text theirs = texts.next();
  answer(append_baggage(theirs, texts.next()));
}

void close_core(double now) { runtime().close(from_milliseconds(now)); }

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_propagation) {
  emscripten::function("readOption", &read_option);
  emscripten::function("readTarget", &read_target);
  emscripten::function("applyOptions", &apply_options);
  emscripten::function("setPage", &set_page);
  emscripten::function("pageLoad", &page_load);
  emscripten::function("routeChange", &route_change);
  emscripten::function("headerTexts", &header_texts);
  emscripten::function("currentSpanId", &current_span_id);
  emscripten::function("reasonName", &name_of_reason);
  emscripten::function("joinBaggage", &join_baggage);
  emscripten::function("close", &close_core);
}

}  // namespace throughline::bindings
