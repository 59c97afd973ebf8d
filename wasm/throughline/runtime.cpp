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

Runtime::Runtime(Random& random, const HostTraits& host)
    : Propagation(random),
      outbox_(losses_, settings_.client, host.pending),
      platform_(host.platform),
      store_(losses_, host.span_bytes, host.sent_roots),
      tracer_(settings_.client, store_, losses_, random) {
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
      scope(activated.scope).active_span = tracer_.if_not_sent(activated.previous);
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
      note_request(*span, request, *decision);
    }
  } else if (active != nullptr && !suppressed) {
    answer.span_id = active->id;
  } else {
    answer.span_id = span_id_of(at);
    if (active == nullptr && options.tracing_enabled() && request.span_wanted && !request.explain) {
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

void Runtime::note_request(SpanRecord& span, const RequestStart& request,
                           const TargetDecision& decision) {
  TextArena& arena = span.root->arena;
  auto* facts = new (arena.allocate(sizeof(RequestFacts))) RequestFacts;
  facts->method = arena.copy(request.method);
  facts->url = arena.copy(request.url);
  facts->resolved = decision.resolved == request.url ? facts->url : arena.copy(decision.resolved);
  facts->xhr = request.xhr;
  facts->named_as_is = is_entry_name(facts->resolved);
  span.request = facts;
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

bool Runtime::resource(Text name, UnixTime start, const ResourceTiming& timing) {
  // Further back is none that nobody measured yet.
  constexpr std::size_t kMostLookedAt = 100;
  // By that much the two clocks may differ (browsers make them coarse).
  const UnixTime latest = start + milliseconds(2);
  const bool is_plain = is_entry_name(name);
  SpanRecord* found = nullptr;
  for (Root* root : store_.roots()) {
    const List<SpanRecord*>& children = root->children;
    for (std::size_t i = 1; i <= std::min(children.size(), kMostLookedAt); ++i) {
      SpanRecord* span = children[children.size() - i];
      const RequestFacts* facts = span->request;
      if (facts == nullptr || facts->timing != nullptr) continue;
      const Text resolved = facts->resolved;
      // Taking URLs apart is for the few whose entries have another name.
      if (is_plain && facts->named_as_is ? resolved != name : !is_entry_of(resolved, name)) {
        continue;
      }
      found = span;
      // Of several to one URL the last one that had started.
      if (span->start <= latest) break;
    }
  }
  if (found != nullptr) note_timing(*found, timing);
  return found != nullptr;
}

void Runtime::note_timing(SpanRecord& span, const ResourceTiming& timing) {
  TextArena& arena = span.root->arena;
  auto* kept = new (arena.allocate(sizeof(ResourceTiming))) ResourceTiming(timing);
  kept->protocol = arena.copy(timing.protocol);
  span.request->timing = kept;
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
      span->root->request_url = span->root->arena.copy(route_url_);
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

void Runtime::add_child(Handle parent, Handle child) {
  SpanRecord* above = store_.find(parent);
  SpanRecord* below = store_.find(child);
  if (above == nullptr || below == nullptr || above->root != below->root) return;
  for (const SpanRecord* span = above; span != nullptr; span = span->parent) {
    if (span == below) return;
  }
  below->parent = above;
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

}  // namespace throughline
