// Reading cases and comparing results. Nothing here throws: the runner is compiled without
// exceptions too, so every type is checked before it is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cases_runner/families.h"
#include "throughline/id/ids.h"
#include "throughline/wire/baggage.h"

namespace throughline::cases {

// `object[key]`; null when there is no such member or `object` is no object.
const Json& member(const Json& object, const char* key);

bool has(const Json& object, const char* key);

// A text, as UTF-8. {utf16: [...]} becomes what a host hands over: lone surrogates are U+FFFD.
// Empty for everything else.
std::string text_of(const Json& value);

// A number, {js: "NaN"} and the like included.
std::optional<double> number_of(const Json& value);

std::optional<bool> flag_of(const Json& value);

// The text of an id or null for the zero id.
template <std::size_t N, typename Tag>
Json json_of(const Id<N, Tag>& id) {
  return id.is_zero() ? Json(nullptr) : Json(std::string{to_hex(id)});
}

Json json_of(const Members& members);
Json json_of(const std::optional<Members>& members);
Json json_of(std::optional<bool> flag);
Json json_of(std::optional<double> number);
// Null for an empty text, which is how the core says "no header".
Json header_json(Text text);

// Passes when both are the same, whatever the order of members. `sampleRand` and `sample_rand`
// compare as numbers with the tolerance for generated ones (2e-6), texts too.
Outcome compare(const Json& expected, const Json& got);

Outcome skip(std::string_view reason);

}  // namespace throughline::cases
