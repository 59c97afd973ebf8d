#include "throughline/context/tracer.h"

#include "throughline/base/text_ops.h"
#include "throughline/config/rate.h"
#include "throughline/trace/dynamic_sampling_context.h"
#include "throughline/trace/sampling.h"

namespace throughline {
namespace {

constexpr char kSource[] = "sentry.source";
constexpr char kSampleRate[] = "sentry.sample_rate";
constexpr char kPreviousSampleRate[] = "sentry.previous_trace_sample_rate";

}  // namespace

StartedSpan Tracer::placeholder(const Scope& scope, const Root* root) {
  StartedSpan started;
  started.id = make_span_id(random_);
  started.trace_id = root != nullptr ? root->trace_id : scope.propagation.trace_id;
  if (root != nullptr) started.root = root->span.handle;
  return started;
}

StartedSpan Tracer::start(Scope& scope, const Place& place, const SpanStart& start, UnixTime now) {
  if (!options_.enabled || !options_.tracing_enabled()) return placeholder(scope, nullptr);
  SpanRecord* parent = nullptr;
  if (start.parent != kNoHandle) {
    parent = store_.find(start.parent);
    if (parent == nullptr) return placeholder(scope, nullptr);
  } else if (!start.no_parent) {
    parent = active(scope, place.active_span);
    // A span whose root was sent is no reason to begin a transaction: the child comes too late.
    if (parent == nullptr && place.active_span != kNoHandle && place.active_span != kNoSpan) {
      if (scope.propagation.sampled != false) losses_.add("invalid", "span");
      return placeholder(scope, nullptr);
    }
    if (parent != nullptr && options_.parent_span_is_always_root_span) parent = &parent->root->span;
  }
  if (place.suppressed) return placeholder(scope, parent == nullptr ? nullptr : parent->root);
  if (parent == nullptr && start.only_if_parent) {
    losses_.add("no_parent_span", "span");
    return placeholder(scope, nullptr);
  }
  if (parent == nullptr || start.force_transaction) {
    PropagationContext* context = &scope.propagation;
    if (parent != nullptr) {
      const Root& root = *parent->root;
      forced_ = *context;
      forced_.trace_id = root.trace_id;
      forced_.parent_span_id = parent->id;
      forced_.sampled = root.sampled;
      forced_.dsc = dsc(root);
      forced_.own_dsc = root.own_dsc;
      context = &forced_;
    }
    if (start.decision == nullptr && asks_decision()) {
      asked_about_ = context;
      StartedSpan asking;
      asking.asks = kAskDecision;
      return asking;
    }
    return start_root(scope, *context, start, now);
  }
  StartedSpan started;
  SpanRecord* span = start_child(*parent, start.start.value_or(now), started, start.standalone);
  if (span == nullptr) return started;
  TextArena& arena = span->root->arena;
  span->name = arena.copy(start.name);
  span->attributes.set_text(arena, "sentry.origin", "manual");
  for (const AttributeInput& given : start.attributes) {
    span->attributes.set(arena, given.key, given.value);
  }
  return started;
}

SpanRecord* Tracer::start_child(SpanRecord& parent, UnixTime start, StartedSpan& started,
                                bool standalone) {
  Root& root = *parent.root;
  started.id = make_span_id(random_);
  started.trace_id = root.trace_id;
  started.root = root.span.handle;
  started.sampled = root.sampled;
  if (root.sampled && root.span.ended) losses_.add("invalid", "span");
  if (!root.sampled || root.span.ended) return nullptr;
  SpanRecord* span = store_.add_child(root, parent, start);
  if (span == nullptr) return nullptr;
  span->id = started.id;
  span->standalone = standalone;
  started.handle = span->handle;
  note(SpanNote::Kind::Started, *span);
  return span;
}

StartedSpan Tracer::start_root(Scope& scope, PropagationContext& context, const SpanStart& start,
                               UnixTime now) {
  const PreviousTrace* previous = previous_trace.decides(context);
  SamplingInput input;
  input.parent_sampled = previous != nullptr ? previous->sampled : context.sampled;
  input.sample_rand = previous != nullptr ? previous->sample_rand : context.sample_rand;
  if (const HostDecision* host = start.decision) {
    input.parent_sampled = host->parent_sampled;
    input.sampler_threw = host->sampler == HostDecision::Sampler::Threw;
    if (host->sampler == HostDecision::Sampler::Returned)
      input.sampler_rate = valid_rate(host->rate);
  }
  const SamplingDecision decision = decide_sampling(options_, input);

  Root* root = store_.add_root(start.name);
  if (root == nullptr) return placeholder(scope, nullptr);
  root->trace_id = context.trace_id;
  root->sampled = decision.sampled;
  root->sample_rand = input.sample_rand;
  root->dsc = context.dsc;
  root->own_dsc = (!context.dsc || context.own_dsc) && !listeners.creating_dsc;
  root->source = scope.source;
  root->decision = decision.reason;
  if (decision.reason == Reason::SamplerThrew) root->loss = "callback_error";
  SpanRecord& span = root->span;
  span.id = make_span_id(random_);
  span.standalone = start.standalone;
  span.parent_id = context.parent_span_id;
  span.start = start.start.value_or(now);
  // An unsampled root is never written, but its DSC tells source and rate.
  const auto set = [&](Text key, const AttributeValue& value) {
    if (decision.sampled || key == kSource) span.attributes.set(root->arena, key, value);
  };
  set("sentry.origin", AttributeValue::of("manual"));
  set(kSource, AttributeValue::of("custom"));
  for (const AttributeInput& given : start.attributes) set(given.key, given.value);
  if (decision.local_rate_applied && decision.rate) {
    span.attributes.set(root->arena, kSampleRate, AttributeValue::of(*decision.rate));
  }
  if (previous != nullptr) {
    span.attributes.set(root->arena, kPreviousSampleRate,
                        AttributeValue::of(previous->sample_rate));
    // What the scope sends from now on tells of the same decision.
    context.sample_rand = previous->sample_rand;
    if (!context.dsc) {
      context.dsc.emplace();
      context.own_dsc = true;
    }
    context.dsc->set("sample_rate", decimal_text(previous->sample_rate, kRateDecimals));
    context.dsc->set("sampled", previous->sampled ? "true" : "false");
    scope.header_number = 0;
  }
  previous_trace.started(*root, context, now);
  note(SpanNote::Kind::Started, span);
  return {kAskNothing, span.handle, span.handle, root->trace_id, span.id, root->sampled};
}

void Tracer::note(SpanNote::Kind kind, const SpanRecord& span) {
  const Handle parent = span.parent != nullptr ? span.parent->handle : kNoHandle;
  notes_.push_back({kind, span.id, span.handle, parent, span.root->span.handle, span.standalone});
}

void Tracer::end(SpanRecord& span, UnixTime end) {
  if (span.ended) return;
  note(SpanNote::Kind::Ended, span);
  Root& root = *span.root;
  if (span.parent != nullptr) {
    store_.finish_child(span, end);
    if (span.standalone) due_.push_back(span.handle);
    return;
  }
  if (span.name.empty()) span.name = "<unlabeled transaction>";
  if (root.sampled) {
    root.dsc = dsc(root);
  } else {
    losses_.add(root.loss, root_category);
    if (span.standalone) losses_.add("sample_rate", "span");
  }
  span.end = end;
  span.ended = true;
  due_.push_back(span.handle);
}

// A span that is changed for ever does not grow for ever: servers refuse an item this large.
bool Tracer::is_full(const Root& root) const {
  return root.sent || root.arena.bytes() > (1U << 20U) || !store_.has_room();
}

void Tracer::set_name(SpanRecord& span, Text name) {
  if (is_full(*span.root)) return;
  span.name = span.root->arena.copy(name);
  if (span.parent == nullptr) span.root->header_number = 0;
}

void Tracer::set_attribute(SpanRecord& span, Text key, const AttributeValue& value) {
  Root& root = *span.root;
  if (is_full(root) || (!root.sampled && key != kSource)) return;
  span.attributes.set(root.arena, key, value);
  // The header texts depend on these two.
  if (key == kSource || key == kSampleRate) root.header_number = 0;
}

void Tracer::set_text(SpanRecord& span, const char* key, Text text) {
  span.attributes.set_text(span.root->arena, key, text);
  span.root->header_number = 0;
}

void Tracer::set_status(SpanRecord& span, StatusCode code, Text message) {
  if (is_full(*span.root)) return;
  span.status = {code, span.root->arena.copy(message)};
}

void Tracer::set_measurement(SpanRecord& span, Text name, Text json) {
  if (is_full(*span.root)) return;
  span.measurements.set(span.root->arena, name, {AttributeType::Json, json, 0});
}

void Tracer::add_link(SpanRecord& span, SpanLink link) {
  TextArena& arena = span.root->arena;
  if (is_full(*span.root)) return;
  link.attributes = arena.copy(link.attributes);
  throughline::add_link(arena, &span.links, link);
}

Dsc Tracer::dsc(const Root& root) const {
  if (root.span.ended && root.dsc) return *root.dsc;
  RootFacts facts;
  if (root.span.attributes.text(kSource) != "url") facts.name = root.span.name;
  facts.sampled = root.sampled;
  facts.sample_rand = root.sample_rand;
  const AttributeValue* rate = root.span.attributes.find(kSampleRate);
  if (rate == nullptr) rate = root.span.attributes.find(kPreviousSampleRate);
  if (rate != nullptr && rate->type == AttributeType::Number) facts.sample_rate = rate->number;
  return dsc_of_root(options_, root.trace_id, root.dsc, facts);
}

Dsc Tracer::dsc(const Scope& scope) const { return dsc_of_scope(options_, scope.propagation); }

}  // namespace throughline
