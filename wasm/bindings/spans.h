// What bindings of spans and delivery share.
#pragma once

#include "bindings/instance.h"

namespace throughline::bindings {

struct SpanState {
  // What listeners of createDsc made of one.
  Dsc dsc;
  // 0: no deadline that was told is still to come.
  double told_deadline = 0;
};
SpanState& span_state();

void put_span(const StartedSpan& span);

// What spans add to the word of a call.
template <typename Core>
int wants_of(Core& core) {
  int word = 0;
  if (const std::optional<UnixTime> deadline = core.deadline()) {
    const double at = to_milliseconds(*deadline);
    double& told = span_state().told_deadline;
    if (told == 0 || at < told) {
      told = at;
      cell(kDeadline) = at;
      word |= kWordDeadline;
    }
  }
  if (core.has_heard()) word |= kWordHeard;
  if (core.has_payload()) word |= kWordPayload;
  if (core.tracer().previous_trace.has_to_be_stored()) word |= kWordPrevious;
  return word;
}

// Leaves what the host is asked to decide by.
void put_decision_input();
// The host's answer to that.
HostDecision host_decision();

}  // namespace throughline::bindings
