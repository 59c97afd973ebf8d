// Layers of a router (Express): the route that the paths on the way to one make, and what its span
// says of it.
//
// Spec: server.md sections 6.2 and 6.3.
#pragma once

#include <cstdint>

#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/request/attribute_batch.h"

namespace throughline {

enum class LayerType : std::uint8_t { Middleware, Router, Handler };

struct Layer {
  LayerType type = LayerType::Middleware;
  // As they were registered, the outermost first, each ended by a line feed; the last is its own.
  Text paths;
  Text function;  // name of the middleware; empty: it has none
};

// Their concatenation. Mounts at the root say nothing; a handler there has a route all the same.
// Empty: none is known yet.
[[nodiscard]] String route_of(const Layer& layer);

// How the span of that layer is called; `route` as route_of() has it.
[[nodiscard]] Text layer_name(const Layer& layer, Text route);

void add_attributes(AttributeBatch& batch, const Layer& layer, Text route);

}  // namespace throughline
