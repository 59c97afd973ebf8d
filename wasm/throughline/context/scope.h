// Scopes hold the trace state: which trace new work belongs to, and which span is active.
//
// Spec: propagation.md section 5; design.md decision 13.
#pragma once

#include <cstdint>

#include "throughline/id/handle_table.h"
#include "throughline/trace/propagation_context.h"

namespace throughline {

struct Scope {
  PropagationContext propagation;
  Handle active_span = kNoHandle;
  std::uint32_t header_number = 0;  // 0: the header texts changed since they were read

  void change(PropagationContext context) {
    propagation = std::move(context);
    header_number = 0;
  }
};

// Where an event happens: a scope, and in a fork that changed only the active span, that span.
struct Place {
  Handle scope = kNoHandle;
  Handle active_span = kNoHandle;  // kNoHandle: the scope's own
};

}  // namespace throughline
