// Idle spans: they end by themselves once nothing happens below them any more.
//
// Spec: lifecycle.md section 6. Timers are times at which somebody has to call `wake`; the core
// has no clock of its own.
#pragma once

#include <optional>

#include "throughline/base/list.h"
#include "throughline/base/text.h"
#include "throughline/config/options.h"
#include "throughline/context/scope.h"
#include "throughline/context/tracer.h"

namespace throughline {

struct IdleOptions {
  IdleTimeouts timeouts;
  bool auto_finish = true;
  bool trim_end = true;
  bool ask_before_end = false;  // somebody wants to know when it is about to end
};

class IdleSpan {
 public:
  // `span` was just started and is now active in `scope`; before it, `previous_active` was.
  IdleSpan(const IdleOptions& options, Handle span, Handle scope, Handle previous_active,
           UnixTime now);

  Handle span() const { return span_; }
  Handle scope() const { return scope_; }
  Handle previous_active() const { return previous_active_; }

  // What happened to any span of the client since the last call.
  void note(const SpanNote& note, UnixTime now);
  void enable_auto_finish(UnixTime now);
  // The next time at which `due` may say that the span has to end.
  UnixTime deadline() const;

  struct End {
    Text reason;
    UnixTime requested_end;
    bool deadline_exceeded = false;
  };
  // Why the span has to end now, if it has to.
  std::optional<End> due(UnixTime now) const;
  // It had not: timers that fired for nothing are gone.
  void goes_on(UnixTime now);
  // Whether somebody is to be asked before it ends; not twice about the same end.
  bool has_to_ask();

  // Gives root and children their final times and states and ends the root (steps 2 to 10).
  // `reason` is used unless the span already tells one.
  void finish(Tracer& tracer, Text reason, UnixTime requested_end) const;

 private:
  void restart_idle(UnixTime now, bool actual_time);
  bool is_below(const SpanRecord& span) const;
  UnixTime trimmed_end(const SpanRecord& span, UnixTime requested_end) const;

  IdleOptions options_;
  Handle span_;
  Handle scope_;
  Handle previous_active_;
  List<SpanId> activities_;
  bool auto_finish_;
  bool asked_ = false;
  std::optional<UnixTime> idle_at_;
  bool idle_uses_actual_time_ = false;
  std::optional<UnixTime> child_at_;
  UnixTime final_at_;
};

}  // namespace throughline
