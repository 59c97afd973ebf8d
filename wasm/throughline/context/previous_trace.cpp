#include "throughline/context/previous_trace.h"

#include "throughline/base/json.h"
#include "throughline/config/rate.h"

namespace throughline {
namespace {

constexpr Duration kLongAgo = milliseconds(3600e3);

void link(Root& root, const PreviousTrace& previous) {
  TextArena& arena = root.arena;
  add_link(arena, &root.span.links,
           {previous.trace_id, previous.span_id, previous.sampled,
            "{\"sentry.link.type\":\"previous_trace\"}"});
  const String text = format_sentry_trace(previous.trace_id, previous.span_id, previous.sampled);
  root.span.attributes.set_text(arena, "sentry.previous_trace", text);
}

}  // namespace

void PreviousTraceMemory::restore(const PreviousTrace& previous) {
  if (options_->link_previous_trace == LinkPreviousTrace::SessionStorage) previous_ = previous;
}

const PreviousTrace* PreviousTraceMemory::decides(const PropagationContext& context) const {
  if (!is_on() || !options_->consistent_trace_sampling || !previous_) return nullptr;
  const bool of_server = may_be_of_server_ && !context.parent_span_id.is_zero();
  return of_server ? nullptr : &*previous_;
}

void PreviousTraceMemory::started(Root& root, const PropagationContext& context, UnixTime now) {
  if (!is_on()) return;
  if (!context.parent_span_id.is_zero()) may_be_of_server_ = false;
  if (previous_ && previous_->trace_id == root.trace_id) return;
  if (previous_ && root.sampled && now - previous_->start <= kLongAgo) link(root, *previous_);

  double rate = 0;
  const AttributeValue* own = root.span.attributes.find("sentry.sample_rate");
  if (own != nullptr) {
    rate = own->number;
  } else if (context.dsc) {
    if (const std::optional<Text> text = context.dsc->get("sample_rate")) {
      rate = valid_rate(*text).value_or(0);
    }
  }
  previous_ = {root.trace_id, root.span.id, root.sampled, root.span.start, rate, root.sample_rand};
  unstored_ = options_->link_previous_trace == LinkPreviousTrace::SessionStorage;
}

String PreviousTraceMemory::take_json() {
  unstored_ = false;
  String text;
  if (!previous_) return text;
  const PreviousTrace& previous = *previous_;
  JsonWriter json(text);
  json.open_object().object("spanContext");
  json.member("traceId", previous.trace_id).member("spanId", previous.span_id);
  json.member("traceFlags", previous.sampled ? 1.0 : 0.0).close_object();
  json.member("startTimestamp", to_seconds(previous.start));
  json.member("sampleRate", previous.sample_rate).member("sampleRand", previous.sample_rand);
  json.close_object();
  return text;
}

}  // namespace throughline
