// Timelines of idle spans, on a clock that only these cases move.
#include <map>
#include <string>

#include "cases_runner/families.h"
#include "cases_runner/sampling_options.h"
#include "cases_runner/span_patterns.h"
#include "cases_runner/values.h"
#include "native/support/fixed_random.h"
#include "native/support/time.h"
#include "throughline/runtime.h"

namespace throughline::cases {
namespace {

// Milliseconds of a case; times before its beginning occur.
Json ms_of(UnixTime time) { return to_milliseconds(time - at(0).time_since_epoch()); }

Json status_of(const SpanRecord& span) { return header_json(span.status.text()); }

class Timeline {
 public:
  explicit Timeline(const Json& in) {
    const Json& options = member(in, "options");
    const auto duration = [&](const char* key, Duration& timeout) {
      if (const std::optional<double> ms = number_of(member(options, key))) {
        timeout = milliseconds(*ms);
      }
    };
    IdleOptions idle;
    duration("idleTimeout", idle.timeouts.idle);
    duration("finalTimeout", idle.timeouts.final);
    duration("childSpanTimeout", idle.timeouts.child_span);
    idle.auto_finish = member(options, "disableAutoFinish") != true;
    idle.trim_end = member(options, "trimIdleSpanEndTimestamp") != false;

    Json client = {{"tracesSampleRate", 1}, {"dsn", "https://pub@o42.ingest.example.io/7"}};
    if (has(in, "tracesSampleRate")) client["tracesSampleRate"] = member(in, "tracesSampleRate");
    Settings settings;
    settings.client = client_options(client);
    core_.configure(settings);
    add_patterns(core_.span_filter(), member(in, "ignoreSpans"));

    SpanStart span{.name = "idle"};
    if (const std::optional<double> ms = number_of(member(in, "rootStart"))) span.start = at(*ms);
    root_ = core_.start_idle_span({}, span, idle, at(0)).handle;
  }

  void run(const Json& events) {
    for (const Json& event : events) {
      const double now = number_of(member(event, "t")).value_or(0);
      fire_timers(at(now));
      happen(event, at(now));
      look(at(now));
    }
    // Later than any timer.
    fire_timers(at(1e7));
  }

  Json result() {
    Json out = root_json_;
    bool sent = false;
    Json transaction;
    for (Payload next = core_.take(at(1e7)); next.id != 0; next = core_.take(at(1e7))) {
      const std::size_t payload = next.text.rfind('\n') + 1;
      const Json read = Json::parse(next.text.substr(payload), nullptr, false);
      if (member(member(member(read, "contexts"), "trace"), "span_id") == root_id_) {
        sent = true;
        transaction = read;
      }
    }
    out["sent"] = sent;
    out["spans"] = Json::object();
    for (const auto& [name, child] : children_) {
      bool in_transaction = false;
      for (const Json& span : member(transaction, "spans")) {
        in_transaction |= member(span, "span_id") == to_hex(child.id);
      }
      out["spans"][name] = {
          {"endMs", child.end}, {"status", child.status}, {"inTransaction", in_transaction}};
    }
    return out;
  }

 private:
  struct Child {
    Handle handle;
    SpanId id;
    Json end;
    Json status;
  };

  void fire_timers(UnixTime until) {
    for (auto next = core_.deadline(); next && *next <= until; next = core_.deadline()) {
      core_.wake(*next);
      look(*next);
    }
  }

  void happen(const Json& event, UnixTime now) {
    const std::optional<double> explicit_end = number_of(member(event, "at"));
    const UnixTime end = explicit_end ? at(*explicit_end) : now;
    SpanRecord* root = core_.tracer().store().find(root_);
    if (has(event, "start")) start(event, now);
    if (has(event, "end"))
      core_.end_span(children_[text_of(member(event, "end"))].handle, end, now);
    if (has(event, "autoFinish")) core_.enable_auto_finish(root_, now);
    if (has(event, "status")) {
      core_.tracer().set_status(*root, StatusCode::Error, text_of(member(event, "status")));
    }
    if (has(event, "reason")) {
      const std::string reason = text_of(member(event, "reason"));
      core_.tracer().set_attribute(*root, "sentry.idle_span_finish_reason",
                                   AttributeValue::of(std::string_view{reason}));
    }
    if (has(event, "reason") || has(event, "endRoot")) core_.end_span(root_, end, now);
  }

  void start(const Json& event, UnixTime now) {
    const std::string name = text_of(member(event, "start"));
    const std::string parent = text_of(member(event, "parent"));
    SpanStart span{.name = name};
    if (parent == "none") {
      span.no_parent = true;
    } else {
      span.parent = parent.empty() ? root_ : children_[parent].handle;
    }
    if (const auto ms = number_of(member(event, "startTime"))) span.start = at(*ms);
    const StartedSpan started = core_.start_span({}, span, now);
    children_[name] = {started.handle, started.id, nullptr, nullptr};
  }

  // Notes what is there to see: records of children may be gone later.
  void look(UnixTime now) {
    SpanStore& store = core_.tracer().store();
    for (auto& [name, child] : children_) {
      const SpanRecord* record = store.find(child.handle);
      if (record == nullptr || !record->ended) continue;
      child.end = ms_of(record->end);
      child.status = status_of(*record);
    }
    const SpanRecord* root = store.find(root_);
    if (root == nullptr || !root->ended || !root_json_.is_null()) return;
    const AttributeValue* discarded = root->attributes.find("sentry.idle_span_discarded_spans");
    root_id_ = to_hex(root->id);
    root_json_ = {
        {"endedAtMs", ms_of(now)},
        {"startMs", ms_of(root->start)},
        {"endMs", ms_of(root->end)},
        {"finishReason", header_json(root->attributes.text("sentry.idle_span_finish_reason"))},
        {"status", status_of(*root)},
        {"discardedSpans", discarded == nullptr ? 0.0 : discarded->number},
    };
  }

  FixedRandom random_;
  Runtime core_{random_};
  Handle root_ = kNoHandle;
  std::string root_id_;
  Json root_json_;
  std::map<std::string, Child> children_;
};

}  // namespace

Outcome run_idle_span(const Json& test_case) {
  const Json& in = member(test_case, "in");
  if (has_reg_exp(member(in, "ignoreSpans"))) return skip("needs a host for its RegExps");
  Timeline timeline(in);
  timeline.run(member(in, "events"));
  return compare(member(test_case, "out"), timeline.result());
}

}  // namespace throughline::cases
