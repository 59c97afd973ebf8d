// Options as a user may give them: whatever comes, the options in force are usable, their texts do
// not depend on what was handed in, and every finding is one line.
#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/config/option_reader.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

constexpr const char* kKeys[] = {
    "dsn",
    "tunnel",
    "release",
    "environment",
    "tracesSampleRate",
    "tracePropagationTargets",
    "tracingOrigins",
    "propagateTraceparent",
    "orgId",
    "integrations",
    "idleTimeout",
    "finalTimeout",
    "shouldCreateSpanForRequest",
};
constexpr unsigned kKeyCount = sizeof(kKeys) / sizeof(kKeys[0]);
constexpr unsigned kKindCount = static_cast<unsigned>(OptionValue::Kind::Other) + 1;

// Reads every byte, so that a view of something that is gone is found.
void read_all(Text text) {
  volatile char last = 0;
  for (const char c : text) last = c;
  static_cast<void>(last);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  OptionReader reader;
  OptionReader::Checked before;
  while (!input.done()) {
    for (unsigned left = input.below(24); left > 0; --left) {
      const unsigned choice = input.byte();
      const auto group = (choice & 0x80U) != 0 ? OptionGroup::BrowserTracing : OptionGroup::Client;
      const auto kind = static_cast<OptionValue::Kind>(input.below(kKindCount));
      // A number that means something, or any.
      const double number = input.flag() ? input.below(201) / 100.0 : input.number();
      const HeapText text = input.text();
      const HeapText own = (choice & 0x40U) != 0 ? input.text() : HeapText(Text{});
      const Text key = own.empty() ? Text{kKeys[choice % kKeyCount]} : Text{own};
      const OptionValue value{kind, number, text};
      const bool target = (choice & 0x20U) != 0;
      const HeapText finding(target ? reader.read_target(group, key, value)
                                    : reader.read(group, key, value));
      check(finding.empty() || Text{finding}.find(": ") != Text::npos, "a finding names its key");
    }
    OptionReader::Checked checked = reader.finish({"name", "1.0.0", "npm:name", "One,Two"});
    // The ones before hold until now.
    for (const OptionReader::Checked* options : {&before, &checked}) {
      const ClientOptions& client = options->settings.client;
      for (const Text text : {client.tunnel, client.release, client.environment, client.dist,
                              client.org_id, client.own_org_id(), Text{options->findings}}) {
        read_all(text);
      }
      if (client.dsn) read_all(client.dsn->text());
      if (client.trace_propagation_targets) {
        for (const Pattern& pattern : *client.trace_propagation_targets) {
          read_all(pattern.text);
          check(!pattern.host_side || pattern.text.empty(), "patterns of the host have no text");
        }
      }
      const std::optional<double>& rate = client.traces_sample_rate;
      check(!rate || (*rate >= 0 && *rate <= 1), "a rate in force is one of 0 to 1");
      check(!rate || client.traces_sample_rate_given, "a rate in force was given");
    }
    before = static_cast<OptionReader::Checked&&>(checked);
  }
  return 0;
}
