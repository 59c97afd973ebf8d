#include "throughline/runtime.h"

#include <utility>

#include "throughline/export/span_json.h"
#include "throughline/request/http_status.h"
#include "throughline/request/request_url.h"

namespace throughline {
namespace {

Text first_of(const IncomingTexts& texts) {
  if (!texts.argument.empty()) return texts.argument;
  return !texts.meta.empty() ? texts.meta : texts.server_timing;
}

Reason page_load_reason(Continuation continuation, const IncomingTexts& texts) {
  if (continuation == Continuation::Absent) return Reason::FreshTrace;
  if (continuation == Continuation::Malformed) return Reason::MalformedHeader;
  if (continuation == Continuation::Organisation) return Reason::OtherOrganisation;
  if (!texts.argument.empty()) return Reason::ContinuedArgument;
  return !texts.meta.empty() ? Reason::ContinuedMeta : Reason::ContinuedServerTiming;
}

}  // namespace

Runtime::Runtime(Random& random)
    : random_(random),
      store_(losses_, kMaxSpanBytes),
      tracer_(settings_.client, store_, losses_, random),
      outbox_(losses_) {
  // The first entry of a table has the handle 1.
  scopes_.add(&global_);
  global_.change(fresh_context(random));
}

Runtime::~Runtime() {
  for (const IdleSpan* idle : idle_spans_) delete idle;
}

void Runtime::configure(const Settings& settings) {
  settings_ = settings;
  targets_.configure(settings_.client.trace_propagation_targets);
  // What the headers say depends on the options.
  scopes_.each([](void* scope) { static_cast<Scope*>(scope)->header_number = 0; });
  for (Root* root : store_.roots()) root->header_number = 0;
}

void Runtime::set_page(const PageLocation& location, const PageFacts& facts) {
  page_turn_ = 1 - page_turn_;
  TextArena& texts = page_texts_[page_turn_];
  texts.clear();
  targets_.set_page({texts.copy(location.href), texts.copy(location.base_url)});
  page_ = {texts.copy(facts.url), texts.copy(facts.referrer), texts.copy(facts.user_agent)};
}

// A handle that is not known (any more) stands for the scope that is always there.
Scope& Runtime::scope(Handle handle) {
  void** found = scopes_.find(handle);
  return found != nullptr ? *static_cast<Scope*>(*found) : global_;
}

void Runtime::enter_trace(Scope& at, PropagationContext context) {
  // Without spans one id stands for the page on this route.
  if (!settings_.client.tracing_enabled()) context.propagation_span_id = make_span_id(random_);
  at.change(std::move(context));
}

Reason Runtime::page_load(const PageLoad& page) {
  finish_idle(route_span_, "cancelled", page.now);
  after_event(page.now);
  Incoming incoming = incoming_context(first_of(page.sentry_trace), first_of(page.baggage),
                                       settings_.client, random_);
  const Reason reason = page_load_reason(incoming.continuation, page.sentry_trace);
  enter_trace(global_, std::move(incoming.context));
  route_.page_started(page.href);
  start_route_span(page.href, "pageload", page.time_origin, page.document_ready, page.now);
  after_event(page.now);
  return reason;
}

RouteChange Runtime::route_change(Text to, UnixTime now) {
  SpanRecord* open = store_.find(route_span_);
  std::optional<UnixTime> route_start;
  if (open != nullptr && settings_.route.detect_redirects) route_start = open->start;
  RouteChange change{route_.change(to, route_start, now)};
  if (change.reason == Reason::Redirect) {
    StartedSpan started;
    SpanRecord* span = tracer_.start_child(*open, now, started);
    if (span != nullptr) {
      describe_route_span(*span, to, "navigation.redirect");
      tracer_.end(*span, now);
    }
  } else if (change.reason == Reason::Navigation) {
    finish_idle(route_span_, "cancelled", now);
    // The end of the old route is no activity of the new one.
    after_event(now);
    enter_trace(global_, fresh_context(random_));
    start_route_span(to, "navigation", now, true, now);
    change.span = route_span_;
  }
  after_event(now);
  return change;
}

void Runtime::describe_route_span(SpanRecord& span, Text href, Text op) {
  const Text kind = op == "pageload" ? op : "navigation";
  String origin{"auto."};
  origin.append(kind).append(".browser");
  Text name = route_name(href);
  // What cannot be parsed is no name: it may hold a password.
  if (name.empty()) name = route_name(page_.url);
  tracer_.set_name(span, name);
  tracer_.set_text(span, "sentry.op", op);
  tracer_.set_text(span, "sentry.source", "url");
  tracer_.set_text(span, "sentry.origin", origin);
}

void Runtime::start_route_span(Text href, Text op, UnixTime start, bool auto_finish, UnixTime now) {
  if (!settings_.client.enabled || !settings_.client.tracing_enabled()) return;
  SpanStart span_start;
  span_start.start = start;
  IdleOptions idle{settings_.route.timeouts};
  idle.auto_finish = auto_finish;
  const StartedSpan started = start_idle_span(kGlobalScope, span_start, idle, now);
  SpanRecord* span = store_.find(started.handle);
  if (span == nullptr) return;
  describe_route_span(*span, href, op);
  span->root->request_url = span->root->arena.copy(href);
  route_span_ = started.handle;
}

StartedSpan Runtime::start_idle_span(Handle in_scope, SpanStart start, const IdleOptions& idle,
                                     UnixTime now) {
  Scope& at = scope(in_scope);
  start.no_parent = true;
  const StartedSpan started = tracer_.start(at, kNoHandle, start, now);
  if (started.handle == kNoHandle) return started;
  idle_spans_.push_back(new IdleSpan(idle, started.handle, in_scope, at.active_span, now));
  at.active_span = started.handle;
  return started;
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
    its_scope.header_number = 0;
    route_span_ = kNoHandle;
  }
  its_scope.active_span = idle->previous_active();
  idle->finish(tracer_, reason, requested_end);
  delete idle;
}

void Runtime::after_event(UnixTime now) {
  for (const SpanNote& note : tracer_.notes()) {
    for (IdleSpan* idle : idle_spans_) idle->note(note, now);
  }
  tracer_.notes().clear();
}

void Runtime::enable_auto_finish(Handle span, UnixTime now) {
  if (IdleSpan* idle = idle_span(span)) idle->enable_auto_finish(now);
}

void Runtime::page_hidden(Place place, UnixTime now) {
  SpanRecord* active = tracer_.active(scope(place.scope), place.active_span);
  if (active != nullptr && settings_.route.mark_background_span) {
    SpanRecord& span = active->root->span;
    if (span.status.code == StatusCode::Unset) {
      tracer_.set_status(span, StatusCode::Error, "cancelled");
    }
    tracer_.set_text(span, "sentry.cancellation_reason", "document.hidden");
    end_span(span.handle, now, now);
  }
  report_wanted_ = true;
}

void Runtime::wake(UnixTime now) {
  for (std::size_t i = 0; i < idle_spans_.size();) {
    const std::optional<IdleSpan::End> end = idle_spans_[i]->due(now);
    if (!end) {
      ++i;
      continue;
    }
    const Handle handle = idle_spans_[i]->span();
    SpanRecord* span = store_.find(handle);
    if (end->deadline_exceeded && span != nullptr) {
      tracer_.set_status(*span, StatusCode::Error, "deadline_exceeded");
    }
    finish_idle(handle, end->reason, end->requested_end);
    after_event(now);
  }
}

std::optional<UnixTime> Runtime::deadline() const {
  std::optional<UnixTime> next;
  for (const IdleSpan* idle : idle_spans_) {
    const UnixTime at = idle->deadline();
    if (!next || at < *next) next = at;
  }
  return next;
}

RequestAnswer Runtime::request(const RequestStart& request) {
  RequestAnswer answer;
  const ClientOptions& options = settings_.client;
  if (!options.enabled) {
    answer.reason = Reason::Disabled;
    return answer;
  }
  // What this client delivers itself never comes here: it goes past the patches.
  if (request.xhr && is_delivery_xhr(request.method, request.url)) {
    answer.reason = Reason::OwnRequest;
    return answer;
  }
  const TargetDecision decision = targets_.decide(request.url);
  answer.asks = decision.asks;
  if (answer.asks != kAskNothing) return answer;
  answer.attach = decision.attach;
  answer.reason = decision.reason;

  Scope& at = scope(request.place.scope);
  SpanRecord* active = tracer_.active(at, request.place.active_span);
  if (active != nullptr && request.span_wanted && !request.explain) {
    SpanRecord& parent = options.parent_span_is_always_root_span ? active->root->span : *active;
    StartedSpan started;
    SpanRecord* span = tracer_.start_child(parent, request.now, started);
    answer.span_id = started.id;
    if (span != nullptr) {
      answer.span = span->handle;
      TextArena& arena = span->root->arena;
      auto* facts = new (arena.allocate(sizeof(RequestFacts))) RequestFacts;
      facts->method = arena.copy(request.method);
      facts->url = arena.copy(request.url);
      facts->resolved =
          decision.resolved == request.url ? facts->url : arena.copy(decision.resolved);
      facts->xhr = request.xhr;
      span->request = facts;
    }
  } else if (active != nullptr) {
    answer.span_id = active->id;
  } else {
    answer.span_id = at.propagation.propagation_span_id;
    if (answer.span_id.is_zero()) answer.span_id = make_span_id(random_);
    if (options.tracing_enabled() && request.span_wanted && !request.explain) {
      losses_.add("no_parent_span", "span");
    }
  }
  answer.header_number = header_number(at, active);
  after_event(request.now);
  return answer;
}

void Runtime::response(Handle handle, int status, double content_length, UnixTime now) {
  SpanRecord* span = store_.find(handle);
  if (span == nullptr || span->request == nullptr) return;
  if (status >= 0) {
    span->request->status = status;
    span->request->content_length = content_length;
  }
  const Text message = http_status_message(status);
  if (message == "ok") {
    span->status = {StatusCode::Ok, {}};
  } else {
    span->status = {StatusCode::Error, message};
  }
  tracer_.end(*span, now);
  after_event(now);
}

StartedSpan Runtime::start_span(Place place, const SpanStart& start, UnixTime now) {
  const StartedSpan started = tracer_.start(scope(place.scope), place.active_span, start, now);
  after_event(now);
  return started;
}

void Runtime::end_span(Handle handle, UnixTime end, UnixTime now) {
  SpanRecord* span = store_.find(handle);
  if (span == nullptr) return;
  if (idle_span(handle) != nullptr) {
    finish_idle(handle, "externalFinish", end);
  } else {
    tracer_.end(*span, end);
  }
  after_event(now);
}

StartedSpan Runtime::active_span(Handle handle) {
  const SpanRecord* span = tracer_.active(scope(handle), kNoHandle);
  if (span == nullptr) return {};
  const Root& root = *span->root;
  return {span->handle, root.span.handle, root.trace_id, span->id, root.sampled};
}

void Runtime::close(UnixTime now) {
  while (!idle_spans_.empty()) finish_idle(idle_spans_.back()->span(), "externalFinish", now);
  tracer_.notes().clear();
  report_wanted_ = true;
  settings_.client.enabled = false;
}

std::uint32_t Runtime::header_number(Scope& at, SpanRecord* active) {
  std::uint32_t& number = active != nullptr ? active->root->header_number : at.header_number;
  if (number == 0) number = ++last_header_number_;
  return number;
}

HeaderTexts Runtime::header_texts_at(Place place) {
  const Scope& at = scope(place.scope);
  const SpanRecord* active = tracer_.active(at, place.active_span);
  const bool with_traceparent = settings_.client.propagate_traceparent;
  if (active == nullptr) {
    return header_texts(at.propagation.trace_id, at.propagation.sampled, tracer_.dsc(at),
                        with_traceparent);
  }
  const Root& root = *active->root;
  return header_texts(root.trace_id, root.sampled, tracer_.dsc(root), with_traceparent);
}

SpanId Runtime::span_id_at(Place place) {
  const Scope& at = scope(place.scope);
  const SpanRecord* active = tracer_.active(at, place.active_span);
  if (active != nullptr) return active->id;
  const SpanId& id = at.propagation.propagation_span_id;
  return id.is_zero() ? make_span_id(random_) : id;
}

String Runtime::span_json(Handle handle) {
  String text;
  const SpanRecord* span = store_.find(handle);
  if (span == nullptr) return text;
  JsonWriter json(text);
  write_span(json, *span);
  return text;
}

String Runtime::endpoint() const {
  const ClientOptions& options = settings_.client;
  if (!options.tunnel.empty()) return String{options.tunnel};
  if (!options.dsn) return {};
  return envelope_endpoint(*options.dsn, settings_.sdk.name, settings_.sdk.version);
}

Payload Runtime::take(UnixTime now) {
  payload_ = String();
  const ClientOptions& options = settings_.client;
  const EnvelopeFacts facts{options, settings_.sdk, page_, now};
  const char* category = nullptr;
  List<Handle>& due = tracer_.due();
  while (!due.empty() && payload_.empty()) {
    SpanRecord* span = store_.find(due.front());
    due.erase_at(0);
    if (span == nullptr) continue;
    Root& root = *span->root;
    category = "transaction";
    const std::size_t open = root.children.size() - root.finished;
    losses_.add("invalid", "span", static_cast<std::uint32_t>(open));
    if (root.sampled && options.dsn && outbox_.has_room(category)) {
      write_transaction_envelope(payload_, root, make_event_id(random_), facts);
    }
    store_.remove_root(root);
  }
  if (payload_.empty() && std::exchange(report_wanted_, false) && options.dsn &&
      options.send_client_reports && !losses_.empty() && outbox_.has_room(nullptr)) {
    category = nullptr;
    write_client_report(payload_, losses_, facts);
    losses_.clear();
  }
  if (payload_.empty()) return {};
  const Outbox::Ticket ticket = outbox_.add(payload_.size(), category);
  return {payload_, ticket.id, ticket.keepalive};
}

}  // namespace throughline
