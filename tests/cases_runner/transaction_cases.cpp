// Trees of spans and the envelopes that come out of them, as transactions or one by one.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cases_runner/families.h"
#include "cases_runner/sampling_options.h"
#include "cases_runner/span_patterns.h"
#include "cases_runner/symbols.h"
#include "cases_runner/values.h"
#include "native/support/fixed_random.h"
#include "native/support/time.h"
#include "throughline/request/http_status.h"
#include "throughline/streaming.h"

namespace throughline::cases {
namespace {

// What a case needs that the core does not have yet; empty: nothing.
std::string_view lacking(const Json& span) {
  if (has(span, "repeat")) return "summaries of many spans";
  for (const Json& action : member(span, "do")) {
    if (has(action, "tag")) return "scope data";
  }
  for (const Json& child : member(span, "children")) {
    if (const std::string_view reason = lacking(child); !reason.empty()) return reason;
  }
  return {};
}

std::string_view lacking_in_case(const Json& in) {
  if (has(in, "hooks")) return "user callbacks";
  if (has(in, "scope")) return "scope data";
  if (has_reg_exp(member(member(in, "options"), "ignoreSpans"))) return "a host for its RegExps";
  for (const Json& span : member(in, "spans")) {
    if (const std::string_view reason = lacking(span); !reason.empty()) return reason;
  }
  return {};
}

std::vector<std::uint64_t> randomness(const Json& in) {
  // For the core's own scope, and for the one in which the spans run.
  std::vector<std::uint64_t> words = next_random(number_of(member(in, "rand")).value_or(0.25));
  words.insert(words.end(), words.begin(), words.end());
  return words;
}

class Program {
 public:
  Program(const Json& in, bool streams) : random_(randomness(in)), core_(random_) {
    Json options = {{"dsn", "https://pub@o42.ingest.example.io/7"},
                    {"release", "app@1.0"},
                    {"tracesSampleRate", 1}};
    options.update(has(in, "options") ? member(in, "options") : Json::object());
    Settings settings;
    settings.client = client_options(options);
    core_.configure(settings);
    core_.stream({.on = streams});
    add_patterns(core_.span_filter(), member(options, "ignoreSpans"));
    if (has(in, "integrations")) {
      core_.set_page({}, {text_of(member(in, "page")), text_of(member(in, "referrer")), "UA/1.0"});
    }
    if (has(in, "continueTrace")) {
      const Json& headers = member(in, "continueTrace");
      const std::string trace = text_of(member(headers, "sentryTrace"));
      const std::string baggage = text_of(member(headers, "baggage"));
      scope_ = core_.continue_trace({trace, baggage, {}}).handle;
    } else {
      scope_ = core_.start_new_trace().handle;
    }
  }

  void run(const Json& spans, Handle active = kNoHandle) {
    for (const Json& span : spans) run_span(span, active);
  }

  // Compares with all that is sent, then with what is counted.
  Outcome check(const Json& out) {
    std::vector<Json> sent;
    core_.flush_spans();
    for (Payload next = core_.take(now_); next.id != 0; next = core_.take(now_)) {
      sent.push_back(read(std::string{next.text}));
    }
    const Json& expected = member(out, "envelopes");
    if (expected.size() != sent.size()) return compare(expected.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      symbols_.forget("$event");
      symbols_.forget("$now");
      std::string where;
      if (symbols_.match(expected[i], sent[i], where)) continue;
      return {Outcome::Verdict::Fail, "at " + where + " of " + sent[i].dump()};
    }
    Json lost = Json::object();
    for (const Loss& loss : core_.losses().all()) {
      lost[std::string{loss.reason} + "/" + std::string{loss.category}] = loss.quantity;
    }
    if (has(out, "thrown")) {
      const Outcome outcome = compare(member(out, "thrown"), thrown_);
      if (outcome.verdict != Outcome::Verdict::Pass) return outcome;
    }
    return compare(member(out, "clientReport"), lost);
  }

 private:
  // Cases say nothing of these.
  static void without_sdk(Json& attributes) {
    for (const char* name : {"name", "version", "integrations"}) {
      attributes.erase(std::string{"sentry.sdk."} + name);
    }
  }

  // An envelope as cases write them.
  static Json read(std::string_view text) {
    std::vector<Json> lines;
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      lines.push_back(Json::parse(line, nullptr, false));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    Json items = Json::array();
    for (std::size_t i = 1; i + 1 < lines.size(); i += 2) {
      if (has(lines[i + 1], "items")) {
        for (Json& span : lines[i + 1]["items"]) without_sdk(span["attributes"]);
      }
      items.push_back({{"header", lines[i]}, {"payload", lines[i + 1]}});
    }
    return {{"header", lines.empty() ? Json() : lines[0]}, {"items", items}};
  }

  void set_clock(const Json& ms) {
    if (const std::optional<double> number = number_of(ms)) now_ = at(*number);
  }

  std::optional<UnixTime> time_input(const Json& input) {
    const std::optional<double> number = number_of(input);
    if (!number) return std::nullopt;
    return from_time_input(*number);
  }

  SpanRecord* find(Handle handle) { return core_.tracer().store().find(handle); }

  void run_span(const Json& span, Handle active) {
    set_clock(member(span, "at"));
    const std::string name = text_of(member(span, "name"));
    const std::string op = text_of(member(span, "op"));
    SpanStart options{.name = name};
    options.start = time_input(member(span, "startTime"));
    options.only_if_parent = member(span, "onlyIfParent") == true;
    options.standalone = member(span, "standalone") == true;
    options.force_transaction = member(span, "forceTransaction") == true;
    options.no_parent = has(span, "parent") && member(span, "parent").is_null();
    if (member(span, "parent").is_string()) {
      options.parent = started_[text_of(member(span, "parent"))].handle;
    }
    std::vector<AttributeInput> attributes;
    std::vector<std::string> texts(member(span, "attributes").size());
    if (!op.empty()) attributes.push_back({"sentry.op", AttributeValue::of(std::string_view{op})});
    if (has(span, "attributes")) {
      std::size_t i = 0;
      for (const auto& [key, value] : member(span, "attributes").items()) {
        attributes.push_back({key, attribute_value(value, texts[i++])});
      }
    }
    options.attributes = attributes;
    const StartedSpan started = core_.start_span({scope_, active}, options, now_);
    const std::string ref = has(span, "ref") ? text_of(member(span, "ref")) : name;
    started_[ref] = started;
    symbols_.bind("$span:" + ref, std::string{to_hex(started.id)});

    for (const Json& link : member(span, "links")) add_link(link, started.handle);
    for (const Json& action : member(span, "do")) act(action, started.handle);
    run(member(span, "children"), member(span, "inactive") == true ? active : started.handle);
    set_clock(member(span, "endAt"));
    if (has(span, "throws")) fail(member(span, "throws"), started.handle);
    if (member(span, "neverEnds") == true) return;
    core_.end_span(started.handle, time_input(member(span, "endTime")).value_or(now_), now_);
  }

  // What a host does when a callback throws (spans.md section 1).
  void fail(const Json& message, Handle handle) {
    thrown_.push_back(message);
    SpanRecord* span = find(handle);
    if (span == nullptr || span->status.code == StatusCode::Error) return;
    core_.tracer().set_status(*span, StatusCode::Error, "internal_error");
  }

  void set_attribute(SpanRecord& span, const std::string& key, const Json& value) {
    std::string text;
    core_.tracer().set_attribute(span, key, attribute_value(value, text));
  }

  void add_link(const Json& link, Handle handle) {
    SpanRecord* span = find(handle);
    const StartedSpan& to = started_[text_of(member(link, "to"))];
    const Json& attributes = member(link, "attributes");
    const std::string text = attributes.is_object() ? attributes.dump() : std::string{};
    if (span == nullptr) return;
    core_.tracer().add_link(*span, {to.trace_id, to.id, to.sampled, std::string_view{text}});
  }

  void act(const Json& action, Handle handle) {
    SpanRecord* span = find(handle);
    if (span == nullptr) return;
    Tracer& tracer = core_.tracer();
    const Json& one = member(action, "setAttribute");
    if (one.size() == 2) set_attribute(*span, text_of(one[0]), one[1]);
    if (has(action, "setAttributes")) {
      for (const auto& [key, value] : member(action, "setAttributes").items()) {
        set_attribute(*span, key, value);
      }
    }
    if (has(action, "setStatus")) {
      const Json& status = member(action, "setStatus");
      const int code = static_cast<int>(number_of(member(status, "code")).value_or(0));
      tracer.set_status(*span, static_cast<StatusCode>(code), text_of(member(status, "message")));
    }
    if (const std::optional<double> code = number_of(member(action, "httpStatus"))) {
      const SpanStatus status = span_status_of_http(static_cast<int>(*code));
      tracer.set_attribute(*span, "http.response.status_code", AttributeValue::of(*code));
      tracer.set_status(*span, status.code, status.message);
    }
    if (has(action, "addLink")) add_link(member(action, "addLink"), handle);
    if (const Json& measurement = member(action, "measurement"); measurement.size() >= 2) {
      const Json json = {{"value", measurement[1]},
                         {"unit", measurement.size() > 2 ? measurement[2] : Json("")}};
      tracer.set_measurement(span->root->span, text_of(measurement[0]),
                             std::string_view{json.dump()});
    }
    for (const char* rename : {"updateName", "updateSpanName"}) {
      if (!has(action, rename)) continue;
      tracer.set_name(*span, text_of(member(action, rename)));
      tracer.set_attribute(*span, "sentry.source", AttributeValue::of("custom"));
    }
  }

  FixedRandom random_;
  Streaming core_;
  Handle scope_ = kNoHandle;
  UnixTime now_ = at(0);
  std::map<std::string, StartedSpan> started_;
  Symbols symbols_;
  Json thrown_ = Json::array();
};

}  // namespace

static Outcome run_spans(const Json& test_case, bool streams) {
  const Json& in = member(test_case, "in");
  const std::string_view reason = lacking_in_case(in);
  if (!reason.empty()) return skip(std::string{"needs "}.append(reason));
  Program program(in, streams);
  program.run(member(in, "spans"));
  return program.check(member(test_case, "out"));
}

Outcome run_transaction_envelope(const Json& test_case) { return run_spans(test_case, false); }

Outcome run_span_v2(const Json& test_case) { return run_spans(test_case, true); }

}  // namespace throughline::cases
