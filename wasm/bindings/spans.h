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

// Leaves what the host is asked to decide by.
void put_decision_input();
// The host's answer to that.
HostDecision host_decision();

}  // namespace throughline::bindings
