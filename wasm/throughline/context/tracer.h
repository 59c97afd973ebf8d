// Starting and ending spans in a scope. Lists what started and ended, for whoever reads it
// afterwards (idle spans, listeners): nothing here calls upwards.
//
// Spec: spans.md section 1; lifecycle.md section 10; propagation.md sections 7.3 and 9.
#pragma once

#include <optional>
#include <span>

#include "throughline/base/asks.h"
#include "throughline/base/list.h"
#include "throughline/base/loss_counts.h"
#include "throughline/base/random.h"
#include "throughline/base/text.h"
#include "throughline/base/time.h"
#include "throughline/config/options.h"
#include "throughline/context/previous_trace.h"
#include "throughline/context/scope.h"
#include "throughline/span/span_store.h"

namespace throughline {

// What user code said about a root that is to start, before the rate is looked at.
struct HostDecision {
  enum class Sampler : int { None, Returned, Threw };
  std::optional<bool> parent_sampled;  // as listeners of beforeSampling left it
  Sampler sampler = Sampler::None;
  double rate = 0;  // what tracesSampler returned; NaN for what is no number
};

// Which hooks have listeners.
struct Listeners {
  bool before_sampling = false;
  bool create_dsc = false;
  // Those of createDsc run right now. What they start is not shown to them: it would never end.
  bool creating_dsc = false;
  bool spans = false;  // spanStart, spanEnd and the like
};

struct SpanStart {
  Text name;
  std::span<const AttributeInput> attributes{};
  std::optional<UnixTime> start{};  // nothing: now
  // An explicit parent is used as given; otherwise the active span, flattened to its root.
  Handle parent = kNoHandle;
  bool no_parent = false;                  // `parentSpan: null`
  bool only_if_parent = false;             // without one: a placeholder, counted
  bool standalone = false;                 // sent by itself when it ends
  bool force_transaction = false;          // a root, with trace, decision and DSC of the parent
  const HostDecision* decision = nullptr;  // once the host was asked
};

// A span as it came into being. Without a record (`handle` is none) it has ids only.
struct StartedSpan {
  std::uint32_t asks = kAskNothing;  // when not zero, nothing below holds and nothing happened
  Handle handle = kNoHandle;
  Handle root = kNoHandle;  // whose trace state it shares; none: the scope's
  TraceId trace_id;
  SpanId id;
  bool sampled = false;
};

struct SpanNote {
  enum class Kind : std::uint8_t { None, Started, Ended, AutoFinish };
  Kind kind = Kind::None;
  SpanId id;
  Handle span = kNoHandle;
  Handle parent = kNoHandle;  // none: it is a root
  Handle root = kNoHandle;
  bool standalone = false;
};

class Tracer {
 public:
  Tracer(const ClientOptions& options, SpanStore& store, LossCounts& losses, Random& random)
      : options_(options), store_(store), losses_(losses), random_(random) {}

  // Asks for a decision, about a root of `asked_about`, if the span will be a root and user code
  // has a say.
  StartedSpan start(Scope& scope, const Place& place, const SpanStart& start, UnixTime now);
  const PropagationContext& asked_about() const { return *asked_about_; }
  // Does user code have a say in the decision about a root?
  bool asks_decision() const {
    return options_.enabled && options_.tracing_enabled() &&
           (options_.has_traces_sampler || listeners.before_sampling);
  }
  // A child of the active span's root without name and attributes; null when nothing is to be
  // recorded below it. `started` gets the ids in any case.
  SpanRecord* start_child(SpanRecord& parent, UnixTime start, StartedSpan& started,
                          bool standalone = false);
  // Ends a span once; a root is then due.
  void end(SpanRecord& span, UnixTime end);

  void set_name(SpanRecord& span, Text name);
  // An attribute of our own; an unsampled root has it too.
  void set_text(SpanRecord& span, const char* key, Text text);
  void set_attribute(SpanRecord& span, Text key, const AttributeValue& value);
  void set_status(SpanRecord& span, StatusCode code, Text message);
  // `json`: `{"value":…,"unit":…}`.
  void set_measurement(SpanRecord& span, Text name, Text json);
  // Copies the link, its attributes too.
  void add_link(SpanRecord& span, SpanLink link);

  // The DSC that goes out with this root now (propagation.md section 6.3).
  Dsc dsc(const Root& root) const;
  Dsc dsc(const Scope& scope) const;

  // The active span of a place, resolved; null: none.
  SpanRecord* active(const Scope& scope, Handle active_span) {
    return store_.find(active_span != kNoHandle ? active_span : scope.active_span);
  }

  // A span that was active before, to be it again: none, once its root was sent.
  Handle if_not_sent(Handle span) {
    const SpanRecord* record = store_.find(span);
    return record != nullptr && !record->root->sent ? span : kNoHandle;
  }

  List<SpanNote>& notes() { return notes_; }
  void note(SpanNote::Kind kind, const SpanRecord& span);
  // Roots, and standalone spans, that ended and wait to be taken.
  List<Handle>& due() { return due_; }
  const List<Handle>& due() const { return due_; }
  SpanStore& store() { return store_; }
  const ClientOptions& options() const { return options_; }
  Random& random() { return random_; }

  // The data category of a root that is lost.
  const char* root_category = "transaction";
  Listeners listeners;
  PreviousTraceMemory previous_trace;

 private:
  bool is_full(const Root& root) const;
  StartedSpan placeholder(const Scope& scope, const Root* root);
  // `context` belongs to `scope`, unless the root continues the trace of a parent.
  StartedSpan start_root(Scope& scope, PropagationContext& context, const SpanStart& start,
                         UnixTime now);

  const ClientOptions& options_;
  SpanStore& store_;
  LossCounts& losses_;
  Random& random_;
  List<SpanNote> notes_;
  List<Handle> due_;
  const PropagationContext* asked_about_ = nullptr;
  PropagationContext forced_;
};

}  // namespace throughline
