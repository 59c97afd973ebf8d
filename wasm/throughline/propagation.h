// Propagation without spans: which trace the page and its scopes are in, which requests carry it
// on, and the texts of their headers.
//
// A facade like runtime.h, which adds spans and delivery on top of it, and under the same terms:
// it is told what happens and answers what to do; where it lacks an answer of the host an event
// changes nothing and is repeated with it (design.md sections 2 to 4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "throughline/base/asks.h"
#include "throughline/base/random.h"
#include "throughline/base/reason.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"
#include "throughline/base/time.h"
#include "throughline/config/options.h"
#include "throughline/context/scope.h"
#include "throughline/propagate/header_texts.h"
#include "throughline/propagate/targets.h"
#include "throughline/route/route_tracker.h"

namespace throughline {

// Everything that may tell of an incoming trace at page load; empty: not there.
struct IncomingTexts {
  Text argument;
  Text meta;
  Text server_timing;
};

struct PageTexts {
  IncomingTexts sentry_trace;
  IncomingTexts baggage;
  IncomingTexts traceparent;
  Text href;
};

// A trace that a scope of its own was opened for.
struct OpenedScope {
  Handle handle = kNoHandle;  // none: too many are open, the caller stays where it is
  Reason source = Reason::None;
};

struct RequestStart {
  Place place;
  Text url;     // as the application wrote it
  Text method;  // upper case
  bool xhr = false;
  // What follows is about recording.
  bool span_wanted = true;  // shouldCreateSpanForRequest
  bool explain = false;     // only ask: nothing is recorded or counted
  UnixTime now{};
};

struct RequestAnswer {
  std::uint32_t asks = kAskNothing;  // when not zero, nothing below holds and nothing happened
  bool attach = false;
  Reason reason = Reason::None;
  int pattern = -1;         // index of the entry of the list that matched, -1: none
  Handle span = kNoHandle;  // none: the request is not recorded
  SpanId span_id;           // for the headers, whether recorded or not
  std::uint32_t header_number = 0;
};

class Propagation {
 public:
  // The scope that is always there.
  static constexpr Handle kGlobalScope = 1;

  explicit Propagation(Random& random);
  Propagation(const Propagation&) = delete;
  Propagation& operator=(const Propagation&) = delete;
  ~Propagation();

  // Replaces all options; those about spans mean nothing here. The texts must hold until the
  // next call.
  void configure(const Settings& settings);
  const Settings& settings() const { return settings_; }
  // Copies the texts.
  void set_page(const PageLocation& location);
  // Nothing is attached any more.
  void close() { settings_.client.enabled = false; }

  // Where the trace of the page came from, or why none was continued.
  Reason page_load(const PageTexts& page);
  // Every change of URL is a navigation, and starts a trace (propagation.md section 9). `to` as in
  // RouteTracker::classify.
  Reason route_change(Text to);

  // A scope in a trace of its own: a fresh one, or an incoming one (propagation.md section 8.2).
  // `max_scopes`: as many may be open, as user code may never settle its promises.
  OpenedScope start_new_trace(std::size_t max_scopes = HostTraits{}.scopes);
  OpenedScope continue_trace(const IncomingHeaders& headers,
                             std::size_t max_scopes = HostTraits{}.scopes);
  void close_scope(Handle handle);

  RequestAnswer request(const RequestStart& request);
  Targets& targets() { return targets_; }

  // Header texts of a request made at `place` now; they hold while the number is the same.
  HeaderTexts header_texts_at(Place place, bool with_traceparent = false);
  // The span id of headers made without a request: that of the trace, else a random one.
  SpanId span_id_at(Place place);

 protected:
  // Takes over the options as they are, with those about spans.
  void adopt(const Settings& settings);
  // A handle that is not known (any more) stands for the scope that is always there.
  Scope& scope(Handle handle);
  // The page's own scope moves to another trace.
  void enter_trace(PropagationContext context, Reason source);
  // The context that the texts of a page lead to, and where it came from.
  Incoming incoming_of(const PageTexts& page, Reason* source);
  // A request, as far as spans have no say. Nothing: `answer` is complete.
  std::optional<TargetDecision> decide(const RequestStart& request, RequestAnswer& answer);
  SpanId span_id_of(const Scope& scope);
  // The number of header texts, a fresh one where `kept` has none.
  std::uint32_t header_number(std::uint32_t& kept) {
    if (kept == 0) kept = fresh_header_number();
    return kept;
  }
  std::uint32_t fresh_header_number() { return ++last_header_number_; }
  // For texts that hold as long as those of the page.
  TextArena& page_texts() { return page_texts_[page_turn_]; }

  Random& random_;
  Settings settings_;
  Scope global_;
  HandleTable<void*> scopes_;  // Scope
  Targets targets_;
  RouteTracker route_;

 private:
  OpenedScope open_scope(PropagationContext context, Reason source, std::size_t max_scopes);

  // Of the page as it is, in turn with that of the page as it was.
  std::array<TextArena, 2> page_texts_;
  std::size_t page_turn_ = 0;
  std::uint32_t last_header_number_ = 0;
};

}  // namespace throughline
