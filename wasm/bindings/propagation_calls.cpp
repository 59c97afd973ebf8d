// What JavaScript may call of propagation, outside the per-request path. Each entry forwards; none
// decides. Texts come in as in Texts and go out as in answer. Each answers its word.
#include "bindings/export.h"
#include "bindings/facades.h"

namespace throughline::bindings {
namespace {

OptionValue option_value(int kind, double number, Text text) {
  return {static_cast<OptionValue::Kind>(kind), number, text};
}

void put_scope(const OpenedScope& opened) {
  cell(kSpanHandle) = opened.handle;
  cell(kReason) = static_cast<double>(opened.source);
}

}  // namespace

// Texts: key, value. Answers the finding, empty if there is none. `kind` as OptionValue::Kind.
THROUGHLINE_EXPORT int tl_read_option(int group, int kind, double number, int address) {
  Texts texts(address);
  const Text key = texts.next();
  return answer(read_option(core(), instance().options, static_cast<OptionGroup>(group), key,
                            option_value(kind, number, texts.next())));
}

// The same for one entry of a list.
THROUGHLINE_EXPORT int tl_read_target(int group, int kind, int address) {
  Texts texts(address);
  const Text key = texts.next();
  return answer(instance().options.read_target(static_cast<OptionGroup>(group), key,
                                               option_value(kind, 0, texts.next())));
}

// Puts what was read into force. Texts: name and version of the SDK, package, integrations.
// Answers findings, one a line. kReason: the list of targets that counts.
THROUGHLINE_EXPORT int tl_apply_options(int address) {
  Texts texts(address);
  SdkInfo sdk;
  sdk.name = texts.next();
  sdk.version = texts.next();
  sdk.package = texts.next();
  sdk.integrations = texts.next();
  OptionReader::Checked checked = instance().options.finish(sdk);
  cell(kReason) = checked.target_list;
  core().configure(checked.settings);
  return answer(std::move(checked.findings));
}

// Texts: location.href, document.baseURI, referrer, user agent.
THROUGHLINE_EXPORT int tl_set_page(int address) {
  Texts texts(address);
  PageLocation location;
  PageFacts facts;
  location.href = facts.url = texts.next();
  location.base_url = texts.next();
  facts.referrer = texts.next();
  facts.user_agent = texts.next();
  tell_page(core(), location, facts);
  return word();
}

// Texts: sentry-trace of the page-load API, of the meta tag, of Server-Timing (empty: not there),
// the same for baggage and traceparent, location.href, then what a RouteStart takes. kReason: where
// the trace came from. `answered`: repeated with a decision about the page-load span, which the
// call may ask for.
THROUGHLINE_EXPORT int tl_page_load(int address, double start, int document_ready, int answered,
                                    double now) {
  Texts texts(address);
  PageTexts page;
  for (IncomingTexts* incoming : {&page.sentry_trace, &page.baggage, &page.traceparent}) {
    incoming->argument = texts.next();
    incoming->meta = texts.next();
    incoming->server_timing = texts.next();
  }
  page.href = texts.next();
  tell_page_load(core(), page, {texts, start, document_ready, answered, now});
  return word();
}

// Texts: where to, then what a RouteStart takes. `kind` as Navigation::Kind. kReason: what the
// change is. Asks as page_load.
THROUGHLINE_EXPORT int tl_route_change(int address, double start, int kind, int answered,
                                       double now) {
  Texts texts(address);
  const Text to = texts.next();
  tell_route_change(core(), to, {texts, start, kind, answered, now});
  return word();
}

// kSpanHandle: a scope in a fresh trace, 0 if too many are open.
THROUGHLINE_EXPORT int tl_start_trace() {
  put_scope(core().start_new_trace());
  return word();
}

// The same for an incoming trace. Texts: sentry-trace, baggage, traceparent. kReason: whether and
// why not it was continued.
THROUGHLINE_EXPORT int tl_continue_trace(int address) {
  Texts texts(address);
  IncomingHeaders headers;
  headers.sentry_trace = texts.next();
  headers.baggage = texts.next();
  headers.traceparent = texts.next();
  put_scope(core().continue_trace(headers));
  return word();
}

THROUGHLINE_EXPORT int tl_close_scope(int scope) {
  core().close_scope(static_cast<Handle>(scope));
  return word();
}

// Answers six lines: sentry-trace before and behind the span id, baggage, traceparent before and
// behind; the DSC as JSON where listeners of createDsc have a say in the baggage.
THROUGHLINE_EXPORT int tl_header_texts(int scope, int active_span, int flags) {
  constexpr int kSuppressed = 1;
  constexpr int kTraceparent = 2;
  const Place place = place_of(scope, active_span, (flags & kSuppressed) != 0);
  const HeaderTexts texts = core().header_texts_at(place, (flags & kTraceparent) != 0);
  String lines;
  for (const Text line :
       {texts.sentry_trace_prefix(), texts.sentry_trace_suffix(), Text{texts.baggage},
        texts.traceparent_prefix(), texts.traceparent_suffix()}) {
    lines.append(line).append("\n");
  }
  append_dsc_to_shape(lines, core(), place);
  return answer(std::move(lines));
}

// kSpanId: of headers that no request asked for.
THROUGHLINE_EXPORT int tl_current_span_id(int scope, int active_span) {
  put_span_id(core().span_id_at(place_of(scope, active_span)));
  return word();
}

THROUGHLINE_EXPORT int tl_reason_name(int reason) {
  return answer(String{reason_name(static_cast<Reason>(reason))});
}

// Texts: a baggage header that the application set, ours. Answers both joined by the rule.
THROUGHLINE_EXPORT int tl_join_baggage(int address) {
  Texts texts(address);
  const Text theirs = texts.next();
  return answer(append_baggage(theirs, texts.next()));
}

THROUGHLINE_EXPORT int tl_close(double now) {
  tell_close(core(), now);
  return word();
}

}  // namespace throughline::bindings
