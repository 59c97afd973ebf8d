// What JavaScript may call of propagation, outside the per-request path. Each entry forwards;
// none decides. `tl_word` follows each call.
#include <emscripten/bind.h>

#include "bindings/instance.h"

namespace throughline::bindings {
namespace {

OptionValue option_value(int kind, double number, const std::string& text) {
  return {static_cast<OptionValue::Kind>(kind), number, text};
}

// Finding or empty. `kind` as OptionValue::Kind.
std::string read_option(int group, std::string key, int kind, double number, std::string text) {
  return instance().options.read(static_cast<OptionGroup>(group), key,
                                 option_value(kind, number, text));
}

std::string read_target(int group, std::string key, int kind, std::string text) {
  return instance().options.read_target(static_cast<OptionGroup>(group), key,
                                        option_value(kind, 0, text));
}

// Puts what was read into force. Findings, one a line. kReason: the list of targets that counts.
std::string apply_options(std::string name, std::string version, std::string package,
                          std::string integrations) {
  OptionReader::Checked checked =
      instance().options.finish({name, version, package, integrations});
  cell(kReason) = checked.target_list;
  runtime().configure(std::move(checked.settings));
  std::string findings;
  for (const std::string& finding : checked.findings) findings.append(finding).append("\n");
  return findings;
}

void set_page(std::string href, std::string base_url, std::string referrer,
              std::string user_agent) {
  runtime().set_page({href, base_url}, {href, referrer, user_agent});
}

// The argument texts of the page-load API, of meta tags and of Server-Timing; empty: not there.
// kReason: where the trace came from.
void page_load(std::string trace_argument, std::string trace_meta, std::string trace_timing,
               std::string baggage_argument, std::string baggage_meta, std::string baggage_timing,
               std::string href, double time_origin, bool document_ready, double now) {
  PageLoad page;
  page.sentry_trace = {trace_argument, trace_meta, trace_timing};
  page.baggage = {baggage_argument, baggage_meta, baggage_timing};
  page.href = href;
  page.time_origin = from_milliseconds(time_origin);
  page.document_ready = document_ready;
  page.now = from_milliseconds(now);
  cell(kReason) = static_cast<double>(runtime().page_load(page));
}

// kReason: what the change is.
void route_change(std::string to, double now) {
  cell(kReason) = static_cast<double>(runtime().route_change(to, from_milliseconds(now)).reason);
}

// Five lines: sentry-trace before and behind the span id, baggage, traceparent before and behind.
std::string header_texts(int scope, int active_span) {
  const HeaderTexts texts = runtime().header_texts_at(place_of(scope, active_span));
  std::string lines;
  for (const std::string* line :
       {&texts.sentry_trace_prefix, &texts.sentry_trace_suffix, &texts.baggage,
        &texts.traceparent_prefix, &texts.traceparent_suffix}) {
    if (!lines.empty()) lines.push_back('\n');
    lines.append(*line);
  }
  return lines;
}

// Hex text of the span id of headers that no request asked for.
std::string current_span_id(int scope, int active_span) {
  return to_hex(runtime().span_id_at(place_of(scope, active_span)));
}

std::string name_of_reason(int reason) {
  return std::string{reason_name(static_cast<Reason>(reason))};
}

// `theirs` and `ours` joined by the rules for a header that the application set.
std::string join_baggage(std::string theirs, std::string ours) {
  return append_baggage(theirs, ours);
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
