#include "throughline/request/resource_timing.h"

#include "throughline/url/parts.h"

namespace throughline {

NetworkProtocol network_protocol(Text next_hop) {
  const std::size_t slash = next_hop.find("/");
  if (slash != Text::npos) {
    const Text version = next_hop.substr(slash + 1);
    return {next_hop.substr(0, slash), version.substr(0, version.find("/"))};
  }
  std::size_t letters = 0;
  while (letters < next_hop.size() && (next_hop[letters] < '0' || next_hop[letters] > '9')) {
    ++letters;
  }
  if (letters == next_hop.size()) return {next_hop, "unknown"};
  const Text name = next_hop.substr(0, letters);
  return {name == "h" ? Text{"http"} : name, next_hop.substr(letters)};
}

bool is_entry_name(Text resolved) { return resolved.find_first_of("#@") == Text::npos; }

bool is_entry_of(Text resolved, Text entry_name) {
  const UrlParts a = split_url(resolved);
  const UrlParts b = split_url(entry_name);
  return a.scheme == b.scheme && a.host == b.host && a.path == b.path && a.query == b.query;
}

}  // namespace throughline
