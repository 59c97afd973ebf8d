#include "throughline/route/idle_span.h"

#include <algorithm>
#include <utility>

namespace throughline {

IdleSpan::IdleSpan(const IdleOptions& options, Handle span, Handle scope, Handle previous_active,
                   UnixTime now)
    : options_(options),
      span_(span),
      scope_(scope),
      previous_active_(previous_active),
      auto_finish_(options.auto_finish),
      final_at_(now + options.timeouts.final) {
  if (auto_finish_) restart_idle(now, true);
}

// The very first idle timer and the one of the auto-finish signal end the span at the moment
// they fire, later ones at the time they were set for, even when they fire late.
void IdleSpan::restart_idle(UnixTime now, bool actual_time) {
  idle_at_ = now + options_.timeouts.idle;
  idle_uses_actual_time_ = actual_time;
}

void IdleSpan::note(const SpanNote& note, UnixTime now) {
  if (note.kind == SpanNote::Kind::Started) {
    if (note.standalone || note.span == span_ || (note.root != span_ && note.parent != span_))
      return;
    idle_at_.reset();
    activities_.push_back(note.id);
    child_at_ = now + options_.timeouts.child_span;
    return;
  }
  if (note.kind != SpanNote::Kind::Ended) return;
  // Any span of the client that ends postpones the idle end, member or not.
  erase(activities_, note.id);
  if (!activities_.empty()) return;
  child_at_.reset();
  restart_idle(now, false);
}

void IdleSpan::enable_auto_finish(UnixTime now) {
  if (auto_finish_) return;
  auto_finish_ = true;
  if (activities_.empty()) {
    restart_idle(now, true);
  } else {
    child_at_ = now + options_.timeouts.child_span;
  }
}

UnixTime IdleSpan::deadline() const {
  UnixTime next = final_at_;
  if (idle_at_ && *idle_at_ < next) next = *idle_at_;
  if (child_at_ && *child_at_ < next) next = *child_at_;
  return next;
}

std::optional<IdleSpan::End> IdleSpan::due(UnixTime now) const {
  if (child_at_ && *child_at_ <= std::min(now, final_at_) && auto_finish_) {
    return End{"heartbeatFailed", *child_at_};
  }
  if (idle_at_ && *idle_at_ <= std::min(now, final_at_) && auto_finish_ && activities_.empty()) {
    return End{"idleTimeout", idle_uses_actual_time_ ? now : *idle_at_};
  }
  if (final_at_ <= now) return End{"finalTimeout", now, true};
  return std::nullopt;
}

void IdleSpan::goes_on(UnixTime now) {
  asked_ = false;
  for (std::optional<UnixTime>* timer : {&child_at_, &idle_at_}) {
    if (*timer && **timer <= now) timer->reset();
  }
}

bool IdleSpan::has_to_ask() { return options_.ask_before_end && !std::exchange(asked_, true); }

// All that is below a root; of another span its children.
bool IdleSpan::is_below(const SpanRecord& span) const {
  return span.root->span.handle == span_ || span.parent->handle == span_;
}

UnixTime IdleSpan::trimmed_end(const SpanRecord& span, UnixTime requested_end) const {
  UnixTime end = requested_end;
  std::optional<UnixTime> latest;
  bool has_children = false;
  for (const SpanRecord* child : span.root->children) {
    if (!is_below(*child)) continue;
    has_children = true;
    if (child->ended && !child->ignored && (!latest || child->end > *latest)) latest = child->end;
  }
  if (options_.trim_end && has_children) {
    if (latest) end = std::min(end, *latest);
    end = std::min(span.start + options_.timeouts.final, end);
  }
  return std::max(span.start, end);
}

void IdleSpan::finish(Tracer& tracer, Text reason, UnixTime requested_end) const {
  SpanRecord* span = tracer.store().find(span_);
  if (span == nullptr) return;
  const UnixTime end = trimmed_end(*span, requested_end);
  constexpr const char* kReason = "sentry.idle_span_finish_reason";
  if (span->attributes.find(kReason) == nullptr) {
    tracer.set_text(*span, kReason, reason);
  }
  if (span->status.code == StatusCode::Unset) tracer.set_status(*span, StatusCode::Ok, {});

  double removed = 0;
  const List<SpanRecord*>& children = span->root->children;
  for (std::size_t i = 0; i < children.size();) {
    SpanRecord* child = children[i];
    if (!is_below(*child)) {
      ++i;
      continue;
    }
    const bool open = !child->ended;
    if (open) {
      tracer.set_status(*child, StatusCode::Error, "cancelled");
      child->end = end;
    }
    if (child->start > end ||
        child->end - child->start > options_.timeouts.final + options_.timeouts.idle) {
      tracer.store().remove_child(*child);
      ++removed;
    } else if (open) {
      tracer.end(*child, end);
    }
    // Removing it, or another one for its sake (SpanStore::finish_child), moved the next here.
    if (i < children.size() && children[i] == child) ++i;
  }
  if (removed > 0) {
    tracer.set_attribute(*span, "sentry.idle_span_discarded_spans", AttributeValue::of(removed));
  }
  tracer.end(*span, end);
}

}  // namespace throughline
