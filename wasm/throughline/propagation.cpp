#include "throughline/propagation.h"

#include <utility>

#include "throughline/request/request_url.h"
#include "throughline/trace/dynamic_sampling_context.h"

namespace throughline {
namespace {

Text first_of(const IncomingTexts& texts) {
  if (!texts.argument.empty()) return texts.argument;
  return !texts.meta.empty() ? texts.meta : texts.server_timing;
}

// `texts`: of the header by which the trace was continued.
Reason source_of(Continuation continuation, const IncomingTexts& texts) {
  if (continuation == Continuation::Absent) return Reason::FreshTrace;
  if (continuation == Continuation::Malformed) return Reason::MalformedHeader;
  if (continuation == Continuation::Organisation) return Reason::OtherOrganisation;
  if (!texts.argument.empty()) return Reason::ContinuedArgument;
  return !texts.meta.empty() ? Reason::ContinuedMeta : Reason::ContinuedServerTiming;
}

}  // namespace

Propagation::Propagation(Random& random) : random_(random) {
  // The first entry of a table has the handle 1.
  scopes_.add(&global_);
  global_.change(fresh_context(random), Reason::FreshTrace);
}

Propagation::~Propagation() {
  scopes_.each([this](void* scope) {
    if (scope != &global_) delete static_cast<Scope*>(scope);
  });
}

void Propagation::configure(const Settings& settings) {
  adopt(settings);
  settings_.client.traces_sample_rate_given = false;
  settings_.client.has_traces_sampler = false;
}

void Propagation::adopt(const Settings& settings) {
  settings_ = settings;
  targets_.configure(settings_.client.trace_propagation_targets);
  // What the headers say depends on the options.
  scopes_.each([](void* scope) { static_cast<Scope*>(scope)->header_number = 0; });
}

void Propagation::set_page(const PageLocation& location) {
  page_turn_ = 1 - page_turn_;
  TextArena& texts = page_texts();
  texts.clear();
  targets_.set_page({texts.copy(location.href), texts.copy(location.base_url)});
}

Scope& Propagation::scope(Handle handle) {
  void** found = scopes_.find(handle);
  return found != nullptr ? *static_cast<Scope*>(*found) : global_;
}

void Propagation::enter_trace(PropagationContext context, Reason source) {
  // Without spans one id stands for the page on this route.
  if (!settings_.client.tracing_enabled()) context.propagation_span_id = make_span_id(random_);
  global_.change(std::move(context), source);
}

OpenedScope Propagation::open_scope(PropagationContext context, Reason source,
                                    std::size_t max_scopes) {
  OpenedScope opened;
  std::size_t open = 0;
  scopes_.each([&open](void*) { ++open; });
  if (open > max_scopes) return opened;
  auto* scope = new Scope;
  scope->change(std::move(context), source);
  opened.handle = scopes_.add(scope);
  opened.source = source;
  return opened;
}

OpenedScope Propagation::start_new_trace(std::size_t max_scopes) {
  return open_scope(fresh_context(random_), Reason::NewTrace, max_scopes);
}

OpenedScope Propagation::continue_trace(const IncomingHeaders& headers, std::size_t max_scopes) {
  Incoming incoming = incoming_context(headers, settings_.client, random_);
  IncomingTexts given;
  given.argument = incoming.by_traceparent ? headers.traceparent : headers.sentry_trace;
  return open_scope(std::move(incoming.context), source_of(incoming.continuation, given),
                    max_scopes);
}

void Propagation::close_scope(Handle handle) {
  void** found = scopes_.find(handle);
  if (found == nullptr || *found == &global_) return;
  delete static_cast<Scope*>(*found);
  scopes_.remove(handle);
}

Incoming Propagation::incoming_of(const PageTexts& page, Reason* source) {
  Incoming incoming = incoming_context(
      {first_of(page.sentry_trace), first_of(page.baggage), first_of(page.traceparent)},
      settings_.client, random_);
  *source = source_of(incoming.continuation,
                      incoming.by_traceparent ? page.traceparent : page.sentry_trace);
  return incoming;
}

Reason Propagation::page_load(const PageTexts& page) {
  Reason source = Reason::None;
  Incoming incoming = incoming_of(page, &source);
  enter_trace(std::move(incoming.context), source);
  route_.page_started(page.href);
  return source;
}

Reason Propagation::route_change(Text to) {
  const Reason reason = route_.classify(to, std::nullopt, UnixTime{});
  route_.moved(to, reason);
  if (reason == Reason::Navigation) enter_trace(fresh_context(random_), reason);
  return reason;
}

std::optional<TargetDecision> Propagation::decide(const RequestStart& request,
                                                  RequestAnswer& answer) {
  if (!settings_.client.enabled) {
    answer.reason = Reason::Disabled;
    return std::nullopt;
  }
  // What this client delivers itself never comes here: it goes past the patches.
  if (request.xhr && is_delivery_xhr(request.method, request.url)) {
    answer.reason = Reason::OwnRequest;
    return std::nullopt;
  }
  const TargetDecision decision = targets_.decide(request.url);
  answer.asks = decision.asks;
  if (answer.asks != kAskNothing) return std::nullopt;
  answer.attach = decision.attach;
  answer.reason = decision.reason;
  answer.pattern = decision.pattern;
  return decision;
}

RequestAnswer Propagation::request(const RequestStart& request) {
  RequestAnswer answer;
  if (!decide(request, answer)) return answer;
  Scope& at = scope(request.place.scope);
  answer.span_id = span_id_of(at);
  answer.header_number = header_number(at.header_number);
  return answer;
}

HeaderTexts Propagation::header_texts_at(Place place, bool with_traceparent) {
  const PropagationContext& context = scope(place.scope).propagation;
  return header_texts(context.trace_id, context.sampled, dsc_of_scope(settings_.client, context),
                      with_traceparent || settings_.client.propagate_traceparent);
}

SpanId Propagation::span_id_of(const Scope& scope) {
  const SpanId& id = scope.propagation.propagation_span_id;
  return id.is_zero() ? make_span_id(random_) : id;
}

SpanId Propagation::span_id_at(Place place) { return span_id_of(scope(place.scope)); }

}  // namespace throughline
