// Our baggage behind that of the application: its part stays as it is, byte for byte, and ours is
// added whole or not at all, and never beyond the limits.
#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/text_ops.h"
#include "throughline/wire/baggage.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const HeapText existing = input.text();
  Members members;
  parse_baggage(input.rest(), members);
  const HeapText ours(format_members(members));
  const HeapText joined(append_baggage(existing, ours));
  if (existing.empty()) {
    check(Text{joined} == Text{ours}, "ours stands alone where there is nothing");
    return 0;
  }
  if (Text{joined} == Text{existing}) return 0;
  String both{Text{existing}};
  both.append(",").append(ours);
  check(Text{joined} == Text{both}, "theirs, a comma, ours");
  check(joined.size() <= kMaxBaggageBytes, "both have 8192 bytes at the most");
  std::size_t count = 0;
  for (Text rest = joined; !rest.empty();) {
    if (!trim(cut(rest, ',')).empty()) ++count;
  }
  // No-break spaces count as white space in the header of the application, not here.
  const bool plain = Text{existing}.find("\xC2\xA0") == Text::npos;
  check(!plain || count <= kMaxBaggageMembers, "both have 64 members at the most");
  check(!Text{existing}.starts_with("sentry-"), "the application has no members of ours");
  return 0;
}
