// Whether a request carries headers.
#include <optional>
#include <vector>

#include "cases_runner/families.h"
#include "cases_runner/host_answers.h"
#include "cases_runner/values.h"
#include "throughline/propagate/targets.h"

namespace throughline::cases {
namespace {

// Whatever is no text is the host's to match, or matches nothing.
std::optional<std::vector<Pattern>> patterns_of(const Json& targets) {
  if (!targets.is_array()) return std::nullopt;
  std::vector<Pattern> patterns;
  for (const Json& target : targets) {
    const auto* text = target.get_ptr<const Json::string_t*>();
    patterns.push_back({text == nullptr, text != nullptr ? *text : std::string_view{}});
  }
  return patterns;
}

}  // namespace

Outcome run_targets(const Json& test_case) {
  const Json& in = member(test_case, "in");
  Targets targets;
  const std::optional<std::vector<Pattern>> patterns = patterns_of(member(in, "targets"));
  targets.configure(patterns ? std::optional<std::span<const Pattern>>{*patterns} : std::nullopt);
  const Page page = page_of(in);
  targets.set_page(page.location());
  Json attached = Json::array();
  for (const Json& url : member(in, "urls")) {
    const TargetDecision decision = decide_with_host(targets, text_of(url), in);
    if (decision.asks != kAskNothing) return needs_host(decision);
    attached.push_back(decision.attach);
  }
  return compare(member(test_case, "out"), attached);
}

}  // namespace throughline::cases
