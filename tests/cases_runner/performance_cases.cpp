// What performance entries say, as far as no browser has to hand them in.
#include "cases_runner/families.h"
#include "cases_runner/values.h"
#include "throughline/request/resource_timing.h"

namespace throughline::cases {

Outcome run_performance(const Json& test_case) {
  const Json& next_hop = member(member(test_case, "in"), "nextHopProtocol");
  if (!next_hop.is_string()) return skip("not supported yet");
  const std::string text = next_hop.get<std::string>();
  const NetworkProtocol protocol = network_protocol(text);
  return compare(member(test_case, "out"), {{"name", std::string{protocol.name}},
                                            {"version", std::string{protocol.version}}});
}

}  // namespace throughline::cases
