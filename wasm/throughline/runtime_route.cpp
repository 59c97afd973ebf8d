// The half of the core that knows routes: page loads, changes of URL, and what ends by itself.
#include <utility>

#include "throughline/runtime.h"

namespace throughline {

RouteChange Runtime::page_load(const PageLoad& page) {
  RouteChange change;
  Reason source = Reason::None;
  Incoming incoming = incoming_of(page, &source);
  if (page.ask_first) {
    change.asks = kAskRoute;
    return change;
  }
  if (page.decision == nullptr && tracer_.asks_decision()) {
    decision_input_ = decision_input_of(incoming.context);
    change.asks = kAskDecision;
    return change;
  }
  finish_idle(route_span_, "cancelled", page.now);
  after_event(page.now);
  change.reason = source;
  enter_trace(std::move(incoming.context), source);
  route_.page_started(page.href);
  IdleOptions idle;
  // Who chose another op ends it by hand, or lets it end as a navigation does.
  if (page.op.empty() || page.op == "pageload") {
    idle.auto_finish = page.document_ready && !settings_.route.enable_report_page_loaded;
  }
  start_route_span(page, page.href, "pageload", idle);
  change.span = route_span_;
  after_event(page.now);
  return change;
}

RouteChange Runtime::route_change(const Navigation& navigation) {
  const Text to = navigation.to;
  const UnixTime now = navigation.now;
  SpanRecord* open = store_.find(route_span_);
  RouteChange change{Reason::Navigation};
  if (navigation.kind == Navigation::Kind::History) {
    std::optional<UnixTime> route_start;
    if (open != nullptr && settings_.route.detect_redirects) route_start = open->start;
    change.reason = route_.classify(to, route_start, now);
  } else if (navigation.kind == Navigation::Kind::Redirect && open != nullptr) {
    change.reason = Reason::Redirect;
  }
  if (navigation.ask_first &&
      (change.reason == Reason::Navigation || change.reason == Reason::Redirect)) {
    change.asks = kAskRoute;
    return change;
  }
  if (change.reason == Reason::Navigation && navigation.decision == nullptr &&
      tracer_.asks_decision()) {
    decision_input_ = decision_input_of({});
    change.asks = kAskDecision;
    return change;
  }
  if (navigation.kind == Navigation::Kind::History) route_.moved(to, change.reason);
  if (change.reason == Reason::Redirect) {
    StartedSpan started;
    SpanRecord* span = tracer_.start_child(*open, now, started);
    name_route(navigation, to);
    if (span != nullptr) {
      describe_route_span(*span, navigation, "navigation.redirect");
      tracer_.end(*span, now);
    }
  } else if (change.reason == Reason::Navigation) {
    finish_idle(route_span_, "cancelled", now);
    // The end of the old route is no activity of the new one.
    after_event(now);
    enter_trace(fresh_context(random_), Reason::Navigation);
    start_route_span(navigation, to, "navigation", {});
    change.span = route_span_;
  }
  after_event(now);
  return change;
}

Text Runtime::route_span_name(Text href) const {
  const Text name = route_name(href);
  // What cannot be parsed is no name: it may hold a password.
  return name.empty() ? route_name(page_.url) : name;
}

void Runtime::name_route(const RouteStart& route, Text href) {
  route_name_ = String{route.name.empty() ? route_span_name(href) : route.name};
}

void Runtime::describe_route_span(SpanRecord& span, const RouteStart& route, Text op) {
  String origin{"auto."};
  origin.append(op == "pageload" ? op : "navigation").append(".browser");
  const auto set = [&](const char* key, Text given, Text otherwise) {
    tracer_.set_text(span, key, given.empty() ? otherwise : given);
  };
  tracer_.set_name(span, route_name_);
  // A redirect is one whatever its route is called.
  set("sentry.op", op == "navigation.redirect" ? Text{} : route.op, op);
  set("sentry.source", route.source, "url");
  set("sentry.origin", route.origin, origin);
}

void Runtime::start_route_span(const RouteStart& route, Text href, Text op, IdleOptions idle) {
  route_url_ = String{href};
  name_route(route, href);
  if (!settings_.client.enabled || !settings_.client.tracing_enabled()) return;
  SpanStart span_start;
  span_start.start = route.start;
  span_start.decision = route.decision;
  span_start.no_parent = true;
  idle.timeouts = settings_.route.timeouts;
  idle.trim_end = !settings_.route.enable_report_page_loaded;
  const StartedSpan started = start_idle_span(Place{}, span_start, idle, route.now);
  SpanRecord* span = store_.find(started.handle);
  if (span == nullptr) return;
  describe_route_span(*span, route, op);
  span->root->request_url = span->root->arena.copy(href);
  route_span_ = started.handle;
}

StartedSpan Runtime::start_idle_span(Place place, const SpanStart& start, const IdleOptions& idle,
                                     UnixTime now) {
  Scope& at = scope(place.scope);
  const StartedSpan started = start_span_here(at, place, start, now);
  if (started.handle == kNoHandle) return started;
  idle_spans_.push_back(new IdleSpan(idle, started.handle, place.scope, at.active_span, now));
  at.active_span = started.handle;
  after_event(now);
  return started;
}

bool Runtime::asks_before_end(IdleSpan* idle) {
  if (idle == nullptr || !idle->has_to_ask()) return false;
  ending_ = idle->span();
  return true;
}

IdleSpan* Runtime::idle_span(Handle span) {
  for (IdleSpan* idle : idle_spans_) {
    if (idle->span() == span) return idle;
  }
  return nullptr;
}

void Runtime::finish_idle(Handle handle, Text reason, UnixTime requested_end) {
  IdleSpan* idle = idle_span(handle);
  if (idle == nullptr) return;
  // Taken out first: the end of its children is no activity any more.
  erase(idle_spans_, idle);
  Scope& its_scope = scope(idle->scope());
  const SpanRecord* span = store_.find(handle);
  if (handle == route_span_ && span != nullptr) {
    // The rest of the route stays in this trace, with its decision and DSC.
    const Root& root = *span->root;
    its_scope.propagation.trace_id = root.trace_id;
    its_scope.propagation.sampled = root.sampled;
    its_scope.propagation.dsc = tracer_.dsc(root);
    its_scope.propagation.own_dsc = root.own_dsc;
    its_scope.decision = root.decision;
    its_scope.header_number = 0;
    route_span_ = kNoHandle;
  }
  its_scope.active_span = tracer_.if_not_sent(idle->previous_active());
  if (span != nullptr) filter_children(*span->root);
  idle->finish(tracer_, reason, requested_end);
  delete idle;
}

void Runtime::enable_auto_finish(Handle span, UnixTime now) {
  IdleSpan* idle = idle_span(span);
  const SpanRecord* record = store_.find(span);
  if (idle == nullptr || record == nullptr) return;
  idle->enable_auto_finish(now);
  tracer_.note(SpanNote::Kind::AutoFinish, *record);
  after_event(now);
}

void Runtime::document_ready(UnixTime now) {
  if (!settings_.route.enable_report_page_loaded) enable_auto_finish(route_span_, now);
}

void Runtime::report_page_loaded(UnixTime now) {
  const SpanRecord* span = store_.find(route_span_);
  if (!settings_.route.enable_report_page_loaded || span == nullptr ||
      span->attributes.text("sentry.op") != "pageload") {
    return;
  }
  finish_idle(route_span_, "reportPageLoaded", now);
  after_event(now);
}

std::uint32_t Runtime::page_hidden(Place place, UnixTime now) {
  SpanRecord* active = tracer_.active(scope(place.scope), place.active_span);
  if (active != nullptr && settings_.route.mark_background_span) {
    SpanRecord& span = active->root->span;
    if (asks_before_end(idle_span(span.handle))) return kAskEnd;
    if (span.status.code == StatusCode::Unset) {
      tracer_.set_status(span, StatusCode::Error, "cancelled");
    }
    tracer_.set_text(span, "sentry.cancellation_reason", "document.hidden");
    end_span(span.handle, now, now);
  }
  report_wanted_ = true;
  return kAskNothing;
}

std::uint32_t Runtime::wake(UnixTime now) {
  for (std::size_t i = 0; i < idle_spans_.size();) {
    const std::optional<IdleSpan::End> end = idle_spans_[i]->due(now);
    if (!end) {
      idle_spans_[i++]->goes_on(now);
      continue;
    }
    if (asks_before_end(idle_spans_[i])) return kAskEnd;
    const Handle handle = idle_spans_[i]->span();
    SpanRecord* span = store_.find(handle);
    if (end->deadline_exceeded && span != nullptr) {
      tracer_.set_status(*span, StatusCode::Error, "deadline_exceeded");
    }
    finish_idle(handle, end->reason, end->requested_end);
    after_event(now);
  }
  return kAskNothing;
}

std::optional<UnixTime> Runtime::deadline() const {
  std::optional<UnixTime> next;
  for (const IdleSpan* idle : idle_spans_) {
    const UnixTime at = idle->deadline();
    if (!next || at < *next) next = at;
  }
  return next;
}

}  // namespace throughline
