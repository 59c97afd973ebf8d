// Checked options: what the rest of the core reads. How texts and numbers of the host become
// these, with one finding per bad one, is in option_reader.h.
//
// Spec: lifecycle.md section 2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "throughline/base/text.h"
#include "throughline/base/time.h"
#include "throughline/config/dsn.h"

namespace throughline {

// One entry of a list of patterns. Texts are matched here, RegExps and functions by the host,
// which knows them by their place in the list (design.md decision 5).
struct Pattern {
  bool host_side = false;
  Text text;  // empty for host-side patterns
};

// The texts are views of whoever made them: the option reader keeps those of the options in force.
struct ClientOptions {
  bool enabled = true;
  bool debug = false;
  std::optional<Dsn> dsn;
  Text tunnel;
  Text release;
  Text environment = "production";
  Text dist;
  Text org_id;
  bool strict_trace_continuation = false;
  bool propagate_traceparent = false;
  bool continue_traceparent = false;
  bool send_client_reports = true;
  bool send_default_pii = false;
  bool parent_span_is_always_root_span = true;
  double buffer_size = -1;  // payloads under way at once; below 0: as many as the host holds

  // Set when the option is neither undefined nor null, be it usable or not: tracing is on
  // (propagation.md 7.1). A rate that is not valid means "unsampled".
  bool traces_sample_rate_given = false;
  std::optional<double> traces_sample_rate;
  bool has_traces_sampler = false;

  // Nothing: the option is not set and the same-origin rule holds.
  std::optional<std::span<const Pattern>> trace_propagation_targets;

  bool tracing_enabled() const { return traces_sample_rate_given || has_traces_sampler; }
  // Option `orgId`, else the digits of the DSN's host; empty if neither is known.
  Text own_org_id() const {
    if (!org_id.empty()) return org_id;
    return dsn ? dsn->org_id() : Text{};
  }
};

struct IdleTimeouts {
  Duration idle = milliseconds(1000);
  Duration final = milliseconds(30000);
  Duration child_span = milliseconds(15000);
};

// Whether a root tells of the trace before its own, and where that is kept.
enum class LinkPreviousTrace : std::uint8_t { Off, InMemory, SessionStorage };

// Of `browserTracingIntegration`, as far as the core decides by it.
struct RouteOptions {
  IdleTimeouts timeouts;
  bool detect_redirects = true;
  bool mark_background_span = true;
  LinkPreviousTrace link_previous_trace = LinkPreviousTrace::InMemory;
  bool consistent_trace_sampling = false;
  bool enable_report_page_loaded = false;
};

// What the host says of itself: goes into every payload.
struct SdkInfo {
  Text name;  // "throughline.javascript.browser"
  Text version;
  Text package;       // "npm:throughline"
  Text integrations;  // names joined by commas
};

// What differs from host to host, and how much it lets the core hold at once.
struct HostTraits {
  std::size_t scopes = 1000;            // opened for traces of their own
  std::size_t span_bytes = 4U << 20U;   // records of all open roots; beyond it spans are ids only
  std::size_t pending = 40;             // payloads under way
  std::size_t sent_roots = 8;           // kept for those who hold their spans
  const char* platform = "javascript";  // of events
};

struct Settings {
  ClientOptions client;
  RouteOptions route;
  SdkInfo sdk;
};

}  // namespace throughline
