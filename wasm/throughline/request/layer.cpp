#include "throughline/request/layer.h"

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

struct LayerWords {
  const char* type;
  const char* op;
};

LayerWords words_of(LayerType type) {
  if (type == LayerType::Router) return {"router", "router.express"};
  if (type == LayerType::Handler) return {"request_handler", "request_handler.express"};
  return {"middleware", "middleware.express"};
}

Text own_path(const Layer& layer) {
  Text paths = layer.paths;
  if (!paths.empty()) paths.remove_suffix(1);
  const std::size_t end = paths.rfind('\n');
  return end == Text::npos ? paths : paths.substr(end + 1);
}

}  // namespace

String route_of(const Layer& layer) {
  String route;
  char before = 0;
  for (Text rest = layer.paths; !rest.empty();) {
    const Text path = cut(rest, '\n');
    if (path == "/" || path == "/*") continue;
    for (const char c : path) {
      if (c != '/' || before != '/') route.push_back(c);
      before = c;
    }
  }
  if (route.empty() && layer.type == LayerType::Handler) route.append(own_path(layer));
  return route;
}

Text layer_name(const Layer& layer, Text route) {
  if (layer.type == LayerType::Handler) return route;
  // Of what was mounted before we came nobody knows where.
  const Text path = layer.type == LayerType::Router ? own_path(layer) : Text{};
  if (!path.empty()) return path;
  return layer.function.empty() ? Text{"<anonymous>"} : layer.function;
}

void add_attributes(AttributeBatch& batch, const Layer& layer, Text route) {
  const LayerWords words = words_of(layer.type);
  batch.add("sentry.op", words.op);
  batch.add("sentry.origin", "auto.http.express");
  batch.add("express.type", words.type);
  batch.add("express.name", layer_name(layer, route));
  batch.add("http.route", route);
}

}  // namespace throughline
