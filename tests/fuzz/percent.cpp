// Percent encoding and UTF-8: what is encoded has unreserved characters only and decodes to the
// text with its ill-formed parts replaced; replacing leaves UTF-8 behind and nothing to replace.
#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/text_ops.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const HeapText text = Input(data, size).rest();
  const HeapText clean(well_formed_utf8(text));
  check(is_utf8(clean), "replacing makes UTF-8");
  check(!is_utf8(text) || Text{clean} == Text{text}, "UTF-8 stays as it is");
  check(Text{well_formed_utf8(clean)} == Text{clean}, "nothing is left to replace");

  String encoded;
  append_uri_component(encoded, text);
  const HeapText component{Text{encoded}};
  const Text also("-_.!~*'()%");
  for (const char c : Text{component}) {
    check(is_digit(c) || is_lower(to_lower(c)) || also.find(c) != Text::npos,
          "what is reserved is encoded");
  }
  const std::optional<String> decoded = percent_decode(component);
  check(decoded && Text{*decoded} == Text{clean}, "what was encoded decodes alike");

  const std::optional<String> direct = percent_decode(text);
  if (direct) check(is_utf8(*direct), "what is decoded is UTF-8");
  const bool has_percent = Text{text}.find('%') != Text::npos;
  if (!has_percent) check(direct && Text{*direct} == Text{clean}, "no percent, nothing to decode");
  return 0;
}
