#include "throughline/request/next_span.h"

#include "throughline/base/text_ops.h"
#include "throughline/request/incoming_request.h"

namespace throughline {
namespace {

constexpr char kModules[] = "NextNodeServer.getLayoutOrPageModule";
constexpr char kPage[] = "__PAGE__";

bool is_module(const NextSpan& span) { return span.type == kModules; }

}  // namespace

NextSpanKind kind_of(const NextSpan& span) {
  if (span.type == "BaseServer.handleRequest") return NextSpanKind::Request;
  if (span.type == "Middleware.execute") return NextSpanKind::Middleware;
  return NextSpanKind::Other;
}

bool is_next_internal(Text target) {
  const Text path = path_of(target);
  // Behind the base path, if the application has one.
  return path.find("/_next/static/") != Text::npos ||
         path.find("/__nextjs_original-stack-frame") != Text::npos;
}

Text next_route_of(Text page) {
  const Text end = "/route";
  if (page.size() < end.size() || page.substr(page.size() - end.size()) != end) return page;
  page.remove_suffix(end.size());
  return page.empty() ? Text{"/"} : page;
}

bool is_not_found_route(Text route) { return route == "/404" || route == "/_not-found"; }

String next_span_name(const NextSpan& span, Text route) {
  if (!is_module(span)) return String{span.name};
  String name{"resolve "};
  if (span.segment.substr(0, Text{kPage}.size()) == kPage) {
    name.append("page server component \"").append(route).append("\"");
  } else if (span.segment.empty()) {
    name.append("root layout server component");
  } else {
    name.append("layout server component \"").append(span.segment).append("\"");
  }
  return name;
}

Text next_span_op(const NextSpan& span) {
  if (is_module(span)) return "function.nextjs";
  switch (kind_of(span)) {
    case NextSpanKind::Request:
      return "http.server";
    case NextSpanKind::Middleware:
      return "http.server.middleware";
    case NextSpanKind::Other:
      return {};
  }
  return {};
}

}  // namespace throughline
