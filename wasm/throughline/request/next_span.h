// Spans that Next.js starts by itself, as ours: names, operations and which of them are none.
//
// Spec: server.md section 8.2; Next.js, "OpenTelemetry", default spans.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// As it is started; empty: not told.
struct NextSpan {
  Text name;
  Text type;     // next.span_type
  Text segment;  // next.segment
  Text method;
  Text target;  // of the request line
};

enum class NextSpanKind { Request, Middleware, Other };

[[nodiscard]] NextSpanKind kind_of(const NextSpan& span);

// Requests of which nothing is recorded: files of the build and helpers of the development server.
[[nodiscard]] bool is_next_internal(Text target);

// The page of a route as files name it: "/api/users/route" is "/api/users".
[[nodiscard]] Text next_route_of(Text page);

// Pages that stand for "there is no such page".
[[nodiscard]] bool is_not_found_route(Text route);

// How a span below a request is called. `route`: of that request, as far as it is known.
[[nodiscard]] String next_span_name(const NextSpan& span, Text route);

// Empty: none.
[[nodiscard]] Text next_span_op(const NextSpan& span);

}  // namespace throughline
