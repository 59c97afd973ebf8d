// `baggage`, several header lines: members that were read are names and values of valid UTF-8;
// written and read again they are the same ones, as far as the header had room for them; no header
// that is written is longer than allowed or has an empty member.
#include "throughline/wire/baggage.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

void check_header(Text header) {
  check(header.size() <= kMaxBaggageBytes, "a header has 8192 bytes at the most");
  check(header.empty() || (!header.starts_with(',') && !header.ends_with(',')),
        "no comma stands at an end");
  bool after_comma = false;
  for (const char c : header) {
    check(!(after_comma && c == ','), "no member is empty");
    check(c > ' ' && c < 0x7F && c != ';' && c != '"' && c != '\\', "everything else is encoded");
    after_comma = c == ',';
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Members members;
  do {
    // The members outlive the line.
    parse_baggage(input.text(), members);
  } while (!input.done());

  std::size_t count = 0;
  for (const Member member : members) {
    ++count;
    check(!member.key.empty() && !member.value.empty(), "members have a name and a value");
    check(is_utf8(member.key) && is_utf8(member.value), "what was decoded is UTF-8");
    check(members.get(member.key) == member.value, "a name occurs once");
  }
  check(members.size() == count, "all members are counted");

  const HeapText header(format_members(members));
  check_header(header);
  Members again;
  parse_baggage(header, again);
  check(HeapText(format_members(again)).size() == header.size(), "writing again adds nothing");
  if (again.size() == members.size()) check(again == members, "what was written reads alike");
  for (const Member member : again) {
    check(members.get(member.key) == member.value, "nothing is invented");
  }

  const std::optional<Dsc> dsc = dsc_of(members);
  if (!dsc) return 0;
  check(!dsc->empty() && dsc->size() <= members.size(), "a context has members");
  const HeapText baggage(format_dsc(*dsc));
  check_header(baggage);
  Members read;
  parse_baggage(baggage, read);
  const std::optional<Dsc> back = dsc_of(read);
  check(back.has_value() == !baggage.empty(), "a header has members");
  if (back && back->size() == dsc->size()) check(*back == *dsc, "a context is written alike");
  return 0;
}
