// What JavaScript may call of propagation, outside the per-request path. Each entry forwards;
// none decides. Texts come in as in Texts and go out as in answer: embind's own strings weigh
// 3 KB brotli. `tl_word` follows each call.
#include <emscripten/bind.h>

#include "bindings/instance.h"
#include "throughline/export/span_json.h"
#include "throughline/propagate/meta_tags.h"

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

// kAsks and what there is to decide by; or kAsks 0, kReason and kSpanHandle.
void put_route_change(const RouteChange& change, Text href) {
  cell(kAsks) = change.asks;
  if (change.asks != kAskNothing) {
    put_decision_input();
    answer(String{runtime().route_span_name(href)});
    return;
  }
  cell(kReason) = static_cast<double>(change.reason);
  cell(kSpanHandle) = change.span;
}

// Texts: sentry-trace of the page-load API, of the meta tag, of Server-Timing (empty: not there),
// the same for baggage and traceparent, location.href. kReason: where the trace came from.
// `answered`: repeated with a decision about the page-load span, which the call may ask for.
void page_load(int address, double time_origin, int document_ready, int answered, double now) {
  Texts texts(address);
  PageLoad page;
  for (IncomingTexts* incoming : {&page.sentry_trace, &page.baggage, &page.traceparent}) {
    incoming->argument = texts.next();
    incoming->meta = texts.next();
    incoming->server_timing = texts.next();
  }
  page.href = texts.next();
  page.time_origin = from_milliseconds(time_origin);
  page.document_ready = document_ready != 0;
  page.now = from_milliseconds(now);
  const HostDecision decision = host_decision();
  if (answered != 0) page.decision = &decision;
  put_route_change(runtime().page_load(page), page.href);
}

// Text: where to. kReason: what the change is. Asks as page_load.
void route_change(int address, int answered, double now) {
  const Text to = Texts(address).next();
  const HostDecision decision = host_decision();
  put_route_change(
      runtime().route_change(to, from_milliseconds(now), answered != 0 ? &decision : nullptr), to);
}

void put_scope(const OpenedScope& opened) {
  cell(kSpanHandle) = opened.handle;
  cell(kReason) = static_cast<double>(opened.source);
}

// kSpanHandle: a scope in a fresh trace, 0 if too many are open.
void start_trace() { put_scope(runtime().start_new_trace()); }

// The same for an incoming trace. Texts: sentry-trace, baggage, traceparent. kReason: whether and
// why not it was continued.
void continue_trace(int address) {
  Texts texts(address);
  IncomingHeaders headers;
  headers.sentry_trace = texts.next();
  headers.baggage = texts.next();
  headers.traceparent = texts.next();
  put_scope(runtime().continue_trace(headers));
}

void close_scope(int scope) { runtime().close_scope(static_cast<Handle>(scope)); }

// Answers six lines: sentry-trace before and behind the span id, baggage, traceparent before and
// behind; the DSC as JSON where listeners of createDsc have a say in the baggage.
void header_texts(int scope, int active_span, int flags) {
  constexpr int kSuppressed = 1;
  constexpr int kTraceparent = 2;
  const Place place = place_of(scope, active_span, (flags & kSuppressed) != 0);
  const HeaderTexts texts = runtime().header_texts_at(place, (flags & kTraceparent) != 0);
  String lines;
  for (const Text line :
       {texts.sentry_trace_prefix(), texts.sentry_trace_suffix(), Text{texts.baggage},
        texts.traceparent_prefix(), texts.traceparent_suffix()}) {
    lines.append(line).append("\n");
  }
  bool own = false;
  const Dsc dsc = runtime().dsc_at(place, &own);
  if (own && runtime().tracer().listeners.create_dsc) {
    JsonWriter json(lines);
    write_dsc(json, dsc);
  }
  answer(std::move(lines));
}

// The DSC as listeners of createDsc left it. Texts: keys and values in turn. Answers its baggage.
void answer_dsc(int address, int members) {
  Texts texts(address);
  Dsc& dsc = instance().dsc;
  dsc = Dsc{};
  for (; members > 0; --members) {
    const Text key = texts.next();
    dsc.set(key, texts.next());
  }
  answer(format_dsc(dsc));
}

// Which hooks have listeners: 1 beforeSampling, 2 createDsc; 4: those of createDsc run.
void listen(int hooks) {
  runtime().tracer().listeners = {(hooks & 1) != 0, (hooks & 2) != 0, (hooks & 4) != 0};
}

// Answers JSON text: of the trace of a place, where it came from, what was decided and why.
void explain_trace(int scope, int active_span) {
  answer(runtime().explain_trace(place_of(scope, active_span)));
}

// Texts: sentry-trace, baggage, traceparent; empty: not there. Answers their tags.
void tags_of(int address) {
  Texts texts(address);
  const Text sentry_trace = texts.next();
  const Text baggage = texts.next();
  answer(meta_tags(sentry_trace, baggage, texts.next()));
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
  emscripten::function("startTrace", &start_trace);
  emscripten::function("continueTrace", &continue_trace);
  emscripten::function("closeScope", &close_scope);
  emscripten::function("headerTexts", &header_texts);
  emscripten::function("answerDsc", &answer_dsc);
  emscripten::function("listen", &listen);
  emscripten::function("explainTrace", &explain_trace);
  emscripten::function("metaTags", &tags_of);
  emscripten::function("currentSpanId", &current_span_id);
  emscripten::function("reasonName", &name_of_reason);
  emscripten::function("joinBaggage", &join_baggage);
  emscripten::function("close", &close_core);
}

}  // namespace throughline::bindings
