#include "throughline/runtime.h"

#include <algorithm>
#include <utility>

#include "throughline/config/rate.h"
#include "throughline/export/span_json.h"
#include "throughline/request/http_status.h"

namespace throughline {

namespace {

StartedSpan as_started(const SpanRecord* span) {
  if (span == nullptr) return {};
  const Root& root = *span->root;
  return {kAskNothing, span->handle, root.span.handle, root.trace_id, span->id, root.sampled};
}

}  // namespace

DecisionInput Runtime::decision_input_of(const PropagationContext& context) const {
  if (const PreviousTrace* previous = tracer_.previous_trace.decides(context)) {
    return {previous->sampled, previous->sample_rate};
  }
  DecisionInput input{context.sampled, std::nullopt};
  if (context.dsc) {
    if (const std::optional<Text> rate = context.dsc->get("sample_rate")) {
      input.parent_sample_rate = valid_rate(*rate);
    }
  }
  return input;
}

Runtime::Runtime(Random& random)
    : Propagation(random),
      store_(losses_, kMaxSpanBytes),
      tracer_(settings_.client, store_, losses_, random),
      outbox_(losses_) {
  tracer_.previous_trace.configure(settings_.route);
}

Runtime::~Runtime() {
  for (const IdleSpan* idle : idle_spans_) delete idle;
}

void Runtime::configure(const Settings& settings) {
  adopt(settings);
  filter_.clear();
  for (Root* root : store_.roots()) root->header_number = 0;
}

void Runtime::set_page(const PageLocation& location, const PageFacts& facts) {
  Propagation::set_page(location);
  TextArena& texts = page_texts();
  page_ = {texts.copy(facts.url), texts.copy(facts.referrer), texts.copy(facts.user_agent)};
}

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
    const bool reported = settings_.route.enable_report_page_loaded;
    idle.auto_finish = page.document_ready && !reported;
    idle.trim_end = !reported;
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
  its_scope.active_span = idle->previous_active();
  if (span != nullptr) filter_children(*span->root);
  idle->finish(tracer_, reason, requested_end);
  delete idle;
}

void Runtime::activate(Handle in_scope, Handle span) {
  Scope& at = scope(in_scope);
  const SpanRecord* record = store_.find(span);
  if (record == nullptr || record->ended || at.active_span == span) return;
  activated_.push_back({record->id, in_scope, at.active_span});
  at.active_span = span;
}

void Runtime::after_event(UnixTime now) {
  for (const SpanNote& note : tracer_.notes()) {
    for (std::size_t i = activated_.size(); note.kind == SpanNote::Kind::Ended && i-- > 0;) {
      const Activated& activated = activated_[i];
      if (activated.id != note.id) continue;
      scope(activated.scope).active_span = activated.previous;
      activated_.erase_at(i);
    }
    for (IdleSpan* idle : idle_spans_) idle->note(note, now);
    if (tracer_.listeners.spans) heard_.push_back(note);
  }
  tracer_.notes().clear();
}

Heard Runtime::hear() {
  while (!heard_.empty()) {
    const SpanNote note = heard_[0];
    heard_.erase_at(0);
    // One that is gone meanwhile was discarded.
    if (const SpanRecord* span = store_.find(note.span)) return {note.kind, as_started(span)};
  }
  return {};
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

RequestAnswer Runtime::request(const RequestStart& request) {
  RequestAnswer answer;
  const std::optional<TargetDecision> decision = decide(request, answer);
  if (!decision) return answer;
  const ClientOptions& options = settings_.client;

  Scope& at = scope(request.place.scope);
  SpanRecord* active = tracer_.active(at, request.place.active_span);
  const bool suppressed = request.place.suppressed;
  if (active != nullptr && request.span_wanted && !request.explain && !suppressed) {
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
          decision->resolved == request.url ? facts->url : arena.copy(decision->resolved);
      facts->xhr = request.xhr;
      span->request = facts;
    }
  } else if (active != nullptr && !suppressed) {
    answer.span_id = active->id;
  } else {
    answer.span_id = span_id_of(at);
    if (options.tracing_enabled() && request.span_wanted && !request.explain && !suppressed) {
      losses_.add("no_parent_span", "span");
    }
  }
  // Texts that hold for one request only: those of a suppressed one, and those that listeners of
  // createDsc have a say in.
  const bool once = suppressed || tracer_.listeners.create_dsc;
  std::uint32_t& number = active != nullptr ? active->root->header_number : at.header_number;
  answer.header_number = once ? fresh_header_number() : header_number(number);
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
  span->status = span_status_of_http(status);
  tracer_.end(*span, now);
  after_event(now);
}

void Runtime::resource(Text name, UnixTime start, const ResourceTiming& timing) {
  // Further back is none that nobody measured yet.
  constexpr std::size_t kMostLookedAt = 100;
  // By that much the two clocks may differ (browsers make them coarse).
  const UnixTime latest = start + milliseconds(2);
  SpanRecord* found = nullptr;
  for (Root* root : store_.roots()) {
    const List<SpanRecord*>& children = root->children;
    for (std::size_t i = 1; i <= std::min(children.size(), kMostLookedAt); ++i) {
      SpanRecord* span = children[children.size() - i];
      const RequestFacts* facts = span->request;
      if (facts == nullptr || facts->timing != nullptr || !is_entry_of(facts->resolved, name)) {
        continue;
      }
      found = span;
      // Of several to one URL the last one that had started.
      if (span->start <= latest) break;
    }
  }
  if (found == nullptr) return;
  TextArena& arena = found->root->arena;
  auto* kept = new (arena.allocate(sizeof(ResourceTiming))) ResourceTiming(timing);
  kept->protocol = arena.copy(timing.protocol);
  found->request->timing = kept;
}

StartedSpan Runtime::start_span(Place place, const SpanStart& start, UnixTime now) {
  const StartedSpan started = start_span_here(scope(place.scope), place, start, now);
  after_event(now);
  return started;
}

StartedSpan Runtime::start_span_here(Scope& at, Place place, const SpanStart& start, UnixTime now) {
  const StartedSpan started = tracer_.start(at, place, start, now);
  if (started.asks != kAskNothing) {
    decision_input_ = decision_input_of(tracer_.asked_about());
    return started;
  }
  if (started.handle == started.root && started.sampled) {
    if (SpanRecord* span = store_.find(started.handle)) {
      const Text url = route_url_.empty() ? page_.url : Text{route_url_};
      span->root->request_url = span->root->arena.copy(url);
    }
  }
  return started;
}

std::uint32_t Runtime::end_span(Handle handle, UnixTime end, UnixTime now) {
  SpanRecord* span = store_.find(handle);
  if (span == nullptr) return kAskNothing;
  if (IdleSpan* idle = idle_span(handle)) {
    if (asks_before_end(idle)) return kAskEnd;
    finish_idle(handle, "externalFinish", end);
  } else {
    tracer_.end(*span, end);
  }
  after_event(now);
  return kAskNothing;
}

StartedSpan Runtime::active_span(Place place) {
  return as_started(tracer_.active(scope(place.scope), place.active_span));
}

StartedSpan Runtime::span_below(Handle handle, int number) {
  SpanRecord* top = store_.find(handle);
  if (top == nullptr || number == 0) return as_started(top);
  const SpanRecord* found = nullptr;
  each_in_tree_order(*top->root, [&](const SpanRecord& span) {
    const SpanRecord* above = &span;
    while (above != nullptr && above != top) above = above->parent;
    if (above != nullptr && &span != top && --number == 0) found = &span;
  });
  return as_started(found);
}

void Runtime::close(UnixTime now) {
  while (!idle_spans_.empty()) finish_idle(idle_spans_.back()->span(), "externalFinish", now);
  after_event(now);
  report_wanted_ = true;
  Propagation::close();
}

HeaderTexts Runtime::header_texts_at(Place place, bool with_traceparent) {
  const SpanRecord* active = tracer_.active(scope(place.scope), place.active_span);
  if (active == nullptr) return Propagation::header_texts_at(place, with_traceparent);
  const Root& root = *active->root;
  return header_texts(root.trace_id, root.sampled && !place.suppressed, tracer_.dsc(root),
                      with_traceparent || settings_.client.propagate_traceparent);
}

Dsc Runtime::dsc_at(Place place, bool* own) {
  const Scope& at = scope(place.scope);
  const SpanRecord* active = tracer_.active(at, place.active_span);
  if (active == nullptr) {
    *own = !at.propagation.dsc || at.propagation.own_dsc;
    return tracer_.dsc(at);
  }
  *own = active->root->own_dsc;
  return tracer_.dsc(*active->root);
}

String Runtime::explain_trace(Place place) {
  const Scope& at = scope(place.scope);
  const SpanRecord* active = tracer_.active(at, place.active_span);
  const PropagationContext& context = at.propagation;
  Reason source = at.source;
  Reason decision = at.decision;
  TraceId trace_id = context.trace_id;
  std::optional<bool> sampled = context.sampled;
  double sample_rand = context.sample_rand;
  SpanId parent_id = context.parent_span_id;
  if (active != nullptr) {
    const Root& root = *active->root;
    source = root.source;
    decision = root.decision;
    trace_id = root.trace_id;
    sampled = root.sampled;
    sample_rand = root.sample_rand;
    parent_id = root.span.parent_id;
  }
  if (!settings_.client.tracing_enabled()) decision = Reason::TracingOff;
  String text;
  JsonWriter json(text);
  json.open_object().member("traceId", trace_id).member("source", reason_name(source));
  if (!parent_id.is_zero()) json.member("parentSpanId", parent_id);
  if (sampled) json.key("sampled").value(*sampled);
  json.text_if_any("decision", reason_name(decision));
  json.member("sampleRand", sample_rand).key("dsc");
  bool own = false;
  write_dsc(json, dsc_at(place, &own));
  json.close_object();
  return text;
}

SpanId Runtime::span_id_at(Place place) {
  const SpanRecord* active = tracer_.active(scope(place.scope), place.active_span);
  return active != nullptr ? active->id : Propagation::span_id_at(place);
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

void Runtime::filter_children(Root& root) {
  for (SpanRecord* child : root.children) child->ignored = filter_.matches(*child);
}

void Runtime::mark_ignored(Handle handle, Text marks) {
  SpanRecord* span = store_.find(handle);
  if (span == nullptr) return;
  const auto mark = [&marks](SpanRecord& record) {
    record.ignored = !marks.empty() && marks[0] == '1';
    if (!marks.empty()) marks.remove_prefix(1);
  };
  mark(*span);
  each_in_tree_order(*span->root, [&mark](SpanRecord& child) {
    if (child.ended) mark(child);
  });
}

bool Runtime::drop_ignored(Root& root) {
  const auto lose = [this](std::uint32_t spans) { losses_.add("before_send", "span", spans); };
  if (filter_.matches(root.span)) {
    losses_.add("before_send", "transaction");
    lose(root.finished + 1);
    return true;
  }
  filter_children(root);
  const List<SpanRecord*>& children = root.children;
  for (std::size_t i = children.size(); i-- > 0;) {
    SpanRecord& child = *children[i];
    if (!child.ignored || !child.ended) continue;
    lose(1);
    for (SpanRecord* other : children) {
      if (other->parent == &child) other->parent_id = child.parent_id;
    }
    store_.remove_child(child);
  }
  return false;
}

Payload Runtime::take(UnixTime now, const Dsc* dsc, bool marked) {
  payload_ = String();
  const ClientOptions& options = settings_.client;
  const EnvelopeFacts facts{options, settings_.sdk, page_, now};
  const char* category = nullptr;
  Handle of_root = kNoHandle;
  List<Handle>& due = tracer_.due();
  while (!due.empty() && payload_.empty()) {
    SpanRecord* span = store_.find(due.front());
    if (span == nullptr) {
      due.erase_at(0);
      continue;
    }
    Root& root = *span->root;
    const bool alone = span->standalone;
    category = alone ? "span" : "transaction";
    of_root = span->handle;
    const bool sends = root.sampled && options.dsn && root.dsc;
    if (sends && tracer_.listeners.create_dsc && root.own_dsc) {
      if (dsc == nullptr) {
        JsonWriter json(payload_);
        write_dsc(json, *root.dsc);
        return {kAskDsc, payload_, span->handle};
      }
      root.dsc = *std::exchange(dsc, nullptr);
    }
    if (root.sampled && filter_.asks_host() && !std::exchange(marked, false)) {
      JsonWriter json(payload_);
      json.open_array();
      write_span(json, *span);
      each_in_tree_order(root, [&json, alone](const SpanRecord& child) {
        if (child.ended && !alone) write_span(json, child);
      });
      json.close_array();
      return {kAskIgnored, payload_, span->handle};
    }
    due.erase_at(0);
    if (alone) {
      if (!root.sampled || !options.dsn) {
        // Counted when it ended, or there is nobody to tell.
      } else if (filter_.matches(*span)) {
        losses_.add("before_send", "span");
      } else if (outbox_.has_room(category)) {
        write_span_envelope(payload_, *span, tracer_.dsc(root), facts);
      }
      if (span->parent != nullptr) {
        store_.remove_child(*span);
      } else {
        store_.remove_root(root);
      }
      continue;
    }
    const std::size_t open = root.children.size() - root.finished;
    losses_.add("invalid", "span", static_cast<std::uint32_t>(open));
    if (root.sampled && options.dsn && !drop_ignored(root) && outbox_.has_room(category)) {
      write_transaction_envelope(payload_, root, make_event_id(random_), facts);
    }
    store_.remove_root(root);
  }
  if (payload_.empty() && std::exchange(report_wanted_, false) && options.dsn &&
      options.send_client_reports && !losses_.empty() && outbox_.has_room(nullptr)) {
    category = nullptr;
    of_root = kNoHandle;
    write_client_report(payload_, losses_, facts);
    losses_.clear();
  }
  if (payload_.empty()) return {};
  return {kAskNothing, payload_, outbox_.add(category), of_root};
}

void Runtime::open_event(String& out, UnixTime now) {
  constexpr const char* kCategory = "error";
  const ClientOptions& options = settings_.client;
  if (!options.enabled || !options.dsn || !outbox_.has_room(kCategory)) return;
  JsonWriter(out).value(static_cast<double>(outbox_.add(kCategory)));
  out.append("\n");
  write_event_frame(out, route_name_, {options, settings_.sdk, page_, now});
}

}  // namespace throughline
