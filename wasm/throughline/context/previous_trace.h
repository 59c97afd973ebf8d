// The trace before this one: what a new root links to, and, where sampling is to be consistent,
// whose decision it takes over.
//
// Spec: lifecycle.md section 8.
#pragma once

#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/time.h"
#include "throughline/config/options.h"
#include "throughline/span/span_record.h"
#include "throughline/trace/propagation_context.h"

namespace throughline {

// The first root of a trace, as far as later traces want to know of it.
struct PreviousTrace {
  TraceId trace_id;
  SpanId span_id;
  bool sampled = false;
  UnixTime start{};
  double sample_rate = 0;
  double sample_rand = 0;
};

class PreviousTraceMemory {
 public:
  // The options in force, wherever they stand; they may change.
  void configure(const RouteOptions& options) { options_ = &options; }
  // What an earlier page of the session left, which counts with the session storage only.
  void restore(const PreviousTrace& previous);

  // The trace whose decision a root of that context takes over; null: none.
  const PreviousTrace* decides(const PropagationContext& context) const;
  // Links a root that was just started with the trace before its own, and remembers it if it is
  // the first one of its trace.
  void started(Root& root, const PropagationContext& context, UnixTime now);

  // Whether there is something new to be kept in the session storage; asked once.
  bool has_to_be_stored() const { return unstored_; }
  // It as JSON text, in the peer's form: pages of both may follow each other.
  String take_json();

 private:
  bool is_on() const {
    return options_ != nullptr && options_->link_previous_trace != LinkPreviousTrace::Off;
  }

  const RouteOptions* options_ = nullptr;  // null: no links
  std::optional<PreviousTrace> previous_;
  // The trace of a server that the page continues keeps the server's decision.
  bool may_be_of_server_ = true;
  bool unstored_ = false;
};

}  // namespace throughline
