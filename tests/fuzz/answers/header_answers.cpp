// What is read from headers and written to them.
#include "fuzz/answers/answers.h"
#include "throughline/wire/sentry_trace.h"
#include "throughline/wire/traceparent.h"

namespace throughline::fuzz {
namespace {

Members members_of(Question& in) {
  Members members;
  while (!in.done()) {
    const Text key = in.text();
    members.set(key, in.text());
  }
  return members;
}

}  // namespace

void answer_sentry_trace(Question& in, Answer& out) {
  const std::optional<RemoteParent> parent = parse_sentry_trace(in.text());
  if (!parent) return;
  out.text(to_hex(parent->trace_id));
  out.text_if_any(parent->span_id.is_zero() ? String{} : to_hex(parent->span_id));
  out.flag(parent->sampled);
}

void answer_written_headers(Question& in, Answer& out) {
  const TraceId trace_id = parse_trace_id(in.text()).value_or(TraceId{});
  const SpanId span_id = parse_span_id(in.text()).value_or(SpanId{});
  const std::optional<bool> sampled = in.flag();
  out.text(format_sentry_trace(trace_id, span_id, sampled));
  out.text(format_traceparent(trace_id, span_id, sampled));
}

void answer_baggage(Question& in, Answer& out) {
  Members members;
  while (!in.done()) parse_baggage(in.text(), members);
  out.members(members);
  const std::optional<Dsc> dsc = dsc_of(members);
  if (dsc) out.members(*dsc);
}

void answer_written_dsc(Question& in, Answer& out) { out.text_if_any(format_dsc(members_of(in))); }

void answer_written_members(Question& in, Answer& out) {
  out.text_if_any(format_members(members_of(in)));
}

void answer_joined_baggage(Question& in, Answer& out) {
  const Text existing = in.text();
  out.text_if_any(append_baggage(existing, in.text()));
}

}  // namespace throughline::fuzz
