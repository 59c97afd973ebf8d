// Scopes hold the trace state: which trace new work belongs to, and which span is active.
//
// Spec: propagation.md section 5; design.md decision 13.
#pragma once

#include <cstdint>

#include "throughline/base/reason.h"
#include "throughline/id/handle_table.h"
#include "throughline/trace/propagation_context.h"

namespace throughline {

struct Scope {
  PropagationContext propagation;
  Handle active_span = kNoHandle;
  std::uint32_t header_number = 0;  // 0: the header texts changed since they were read
  Reason source = Reason::None;     // where the trace came from
  Reason decision = Reason::None;   // what made `propagation.sampled`, if a root here did

  void change(PropagationContext context, Reason from) {
    propagation = std::move(context);
    header_number = 0;
    source = from;
    decision = Reason::None;
  }
};

// In a place: no span is active there. The handle of none.
inline constexpr Handle kNoSpan = 0xffffffff;

// Where an event happens: a scope, and in a fork that changed only the active span, that span.
struct Place {
  Handle scope = kNoHandle;
  Handle active_span = kNoHandle;  // kNoHandle: the scope's own
  bool suppressed = false;         // inside suppressTracing: nothing starts to be recorded
};

}  // namespace throughline
