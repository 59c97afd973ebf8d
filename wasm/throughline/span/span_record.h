// What is kept of a span while its root is open, and of the root itself.
//
// Spec: spans.md section 3; design.md decisions 6 and 15.
#pragma once

#include <cstdint>
#include <optional>

#include "throughline/base/list.h"
#include "throughline/base/reason.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"
#include "throughline/base/time.h"
#include "throughline/id/handle_table.h"
#include "throughline/id/ids.h"
#include "throughline/span/attribute.h"
#include "throughline/wire/baggage.h"

namespace throughline {

struct Root;
struct ResourceTiming;

enum class StatusCode : std::uint8_t { Unset, Ok, Error };

struct SpanStatus {
  StatusCode code = StatusCode::Unset;
  Text message{};

  // The text of payloads: empty for an unset one.
  Text text() const {
    if (code == StatusCode::Unset) return {};
    if (code == StatusCode::Ok) return "ok";
    return message.empty() ? Text{"internal_error"} : message;
  }
};

// A link to a span of another trace, or to one that is no ancestor.
struct SpanLink {
  TraceId trace_id;
  SpanId span_id;
  std::optional<bool> sampled;
  Text attributes;  // a JSON object; empty: none
  SpanLink* next = nullptr;
};

// Adds a link behind those that are there; texts are kept as they are.
void add_link(TextArena& arena, SpanLink** links, const SpanLink& link);

// Of an http.client span only the facts are stored: its name and attributes are made from them
// when somebody reads them (request/request_span.h).
struct RequestFacts {
  Text method;    // upper case
  Text url;       // as the application wrote it
  Text resolved;  // by the host; empty if it could not be parsed
  bool xhr = false;
  bool named_as_is = false;                // `resolved` is what its resource timing is called
  int status = -1;                         // -1: no answer, or a network error of fetch
  double content_length = 0;               // 0: not known
  const ResourceTiming* timing = nullptr;  // what the browser measured, once it says so
};

struct SpanRecord {
  Root* root = nullptr;
  SpanRecord* parent = nullptr;  // null for the root
  Handle handle = kNoHandle;
  SpanId id;
  SpanId parent_id;  // of a root: the remote parent, zero if none
  UnixTime start{};
  UnixTime end{};
  bool ended = false;
  SpanStatus status;
  Text name;
  AttributeList attributes;
  RequestFacts* request = nullptr;
  SpanLink* links = nullptr;
  // JSON objects `{"value":…,"unit":…}` by name.
  AttributeList measurements;
  // Sent by itself when it ends, in no transaction.
  bool standalone = false;
  // `ignoreSpans` matches it; found out when it matters (export/span_filter.h).
  bool ignored = false;
  // It is not streamed: `ignoreSpans` matched it when it started (streaming.h).
  bool left_out = false;
  // Made by each_in_tree_order, meaningless outside of it.
  SpanRecord* first_child = nullptr;
  SpanRecord* next_sibling = nullptr;
};

struct Root {
  TextArena arena;
  SpanRecord span;
  TraceId trace_id;
  bool sampled = false;
  double sample_rand = 0;
  // Frozen at start (continued trace), or at the end; while empty and open, the DSC is made
  // anew whenever it is asked for (propagation.md section 6.3).
  std::optional<Dsc> dsc;
  bool own_dsc = true;               // `dsc` was not taken over from an incoming trace
  Reason source = Reason::None;      // where the trace came from
  Reason decision = Reason::None;    // what made `sampled`
  const char* loss = "sample_rate";  // why it is not sampled, in client reports; a literal
  List<SpanRecord*> children;        // in the order of their start events
  std::uint32_t finished = 0;        // of `children`
  UnixTime latest_finished_start{};  // largest start of a finished child
  std::uint32_t header_number = 0;   // 0: the header texts changed since they were read
  bool held = false;                 // an object of the host may stand for one of its spans
  bool sent = false;                 // and yet it is here: it was held
  // Captured at the start of a route span; empty: the page's at the time of sending.
  Text request_url;
};

// Calls `visit(span)` for all children of a root in pre-order, siblings in the order of their
// starts. Neither recursive nor quadratic, however the tree is shaped.
template <typename Visit>
void each_in_tree_order(Root& root, const Visit& visit) {
  root.span.first_child = nullptr;
  for (SpanRecord* child : root.children) child->first_child = nullptr;
  for (std::size_t i = root.children.size(); i-- > 0;) {
    SpanRecord* child = root.children[i];
    child->next_sibling = child->parent->first_child;
    child->parent->first_child = child;
  }
  SpanRecord* span = root.span.first_child;
  while (span != nullptr) {
    visit(*span);
    if (span->first_child != nullptr) {
      span = span->first_child;
      continue;
    }
    while (span->parent != nullptr && span->next_sibling == nullptr) span = span->parent;
    span = span->parent != nullptr ? span->next_sibling : nullptr;
  }
}

}  // namespace throughline
