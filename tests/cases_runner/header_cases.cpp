// The codecs of the three headers.
#include "cases_runner/families.h"
#include "cases_runner/values.h"
#include "throughline/wire/baggage.h"
#include "throughline/wire/sentry_trace.h"
#include "throughline/wire/traceparent.h"

namespace throughline::cases {
namespace {

// The arguments of a header to be written: {traceId, spanId, sampled}.
struct Header {
  explicit Header(const Json& in)
      : trace_id(parse_trace_id(text_of(member(in, "traceId"))).value_or(TraceId{})),
        span_id(parse_span_id(text_of(member(in, "spanId"))).value_or(SpanId{})),
        sampled(flag_of(member(in, "sampled"))) {}

  TraceId trace_id;
  SpanId span_id;
  std::optional<bool> sampled;
};

Members members_of(const Json& map) {
  Members members;
  if (!map.is_object()) return members;
  for (const auto& [key, value] : map.items()) members.set(key, text_of(value));
  return members;
}

Json parsed_baggage(const Json& in) {
  Members members;
  // Whether a header was there at all is for the host to tell.
  if (in.is_null() || in == "") return {{"all", nullptr}, {"dsc", nullptr}};
  if (in.is_string()) parse_baggage(text_of(in), members);
  if (in.is_array()) {
    for (const Json& line : in) parse_baggage(text_of(line), members);
  }
  return {{"all", json_of(members)}, {"dsc", json_of(dsc_of(members))}};
}

std::string two_digits(std::uint8_t byte) {
  String text;
  append_hex(text, &byte, 1);
  return text;
}

}  // namespace

Outcome run_sentry_trace(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  if (has(in, "generate")) {
    const Header header(member(in, "generate"));
    return compare(
        out, std::string{format_sentry_trace(header.trace_id, header.span_id, header.sampled)});
  }
  const std::optional<RemoteParent> parent = parse_sentry_trace(text_of(member(in, "header")));
  if (!parent) return compare(out, nullptr);
  return compare(out, {{"traceId", json_of(parent->trace_id)},
                       {"parentSpanId", json_of(parent->span_id)},
                       {"sampled", json_of(parent->sampled)}});
}

Outcome run_traceparent(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  if (has(in, "generate")) {
    const Header header(member(in, "generate"));
    return compare(
        out, std::string{format_traceparent(header.trace_id, header.span_id, header.sampled)});
  }
  const bool continued = has(in, "incoming");
  const std::optional<Traceparent> parent =
      parse_traceparent(text_of(member(in, continued ? "incoming" : "parse")));
  if (!parent) return compare(out, nullptr);
  if (continued) {
    const std::optional<SpanId> span_id = parse_span_id(text_of(member(in, "newSpanId")));
    return compare(
        out, std::string{format_traceparent(parent->trace_id, span_id.value_or(SpanId{}),
                                            flag_of(member(in, "sampled")), parent->random())});
  }
  return compare(out, {{"version", two_digits(parent->version)},
                       {"traceId", json_of(parent->trace_id)},
                       {"parentId", json_of(parent->parent_id)},
                       {"flags", parent->flags},
                       {"sampled", parent->sampled()},
                       {"random", parent->random()}});
}

Outcome run_baggage(const Json& test_case) {
  const Json& in = member(test_case, "in");
  const Json& out = member(test_case, "out");
  if (has(in, "parse")) return compare(out, parsed_baggage(member(in, "parse")));
  if (has(in, "serialise")) {
    return compare(out, header_json(format_members(members_of(member(in, "serialise")))));
  }
  if (has(in, "dsc")) return compare(out, header_json(format_dsc(members_of(member(in, "dsc")))));
  return compare(out, header_json(append_baggage(text_of(member(in, "existing")),
                                                 text_of(member(in, "sentry")))));
}

}  // namespace throughline::cases
