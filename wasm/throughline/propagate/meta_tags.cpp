#include "throughline/propagate/meta_tags.h"

namespace throughline {
namespace {

void append_tag(String& out, const char* name, Text value) {
  if (value.empty()) return;
  if (!out.empty()) out.push_back('\n');
  out.append("<meta name=\"").append(name).append("\" content=\"");
  for (const char c : value) {
    if (c == '&') {
      out.append("&amp;");
    } else if (c == '"') {
      out.append("&quot;");
    } else if (c == '<') {
      out.append("&lt;");
    } else if (c == '>') {
      out.append("&gt;");
    } else {
      out.push_back(c);
    }
  }
  out.append("\"/>");
}

}  // namespace

String meta_tags(Text sentry_trace, Text baggage, Text traceparent) {
  String tags;
  append_tag(tags, "sentry-trace", sentry_trace);
  append_tag(tags, "baggage", baggage);
  append_tag(tags, "traceparent", traceparent);
  return tags;
}

}  // namespace throughline
