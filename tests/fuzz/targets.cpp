// Which requests carry headers: the index over many patterns finds what looking for each of them
// finds; a decision that is remembered is the same again; where the page cannot tell the host is
// asked, and its answer is taken.
#include "throughline/propagate/targets.h"

#include <vector>

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/propagate/pattern_index.h"

using namespace throughline;
using namespace throughline::fuzz;

namespace {

int first_in(const std::vector<Pattern>& patterns, Text subject) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const bool matches = subject.find(patterns[i].text) != Text::npos;
    if (!patterns[i].host_side && matches) return static_cast<int>(i);
  }
  return -1;
}

bool same(const TargetDecision& a, const TargetDecision& b) {
  return a.asks == b.asks && a.attach == b.attach && a.reason == b.reason &&
         a.pattern == b.pattern && a.resolved == b.resolved;
}

constexpr std::size_t kMostPatterns = 12;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const bool restricted = input.flag();
  const HeapText href = input.text();
  const HeapText base = input.text();
  std::vector<HeapText> texts;
  for (unsigned left = input.below(kMostPatterns); left > 0; --left) texts.push_back(input.text());
  std::vector<Pattern> patterns;
  // A RegExp for the host: what is written as one.
  for (const HeapText& text : texts) {
    const bool host_side = Text{text}.starts_with('^');
    patterns.push_back({host_side, host_side ? Text{} : Text{text}});
  }
  PatternIndex index;
  index.build(patterns);
  Targets targets;
  targets.configure(restricted ? std::optional<std::span<const Pattern>>{patterns} : std::nullopt);
  targets.set_page({href, base});

  while (!input.done()) {
    const HeapText url = input.text();
    check(index.first_in(url) == first_in(patterns, url), "the index finds what searching finds");

    TargetDecision decision = targets.decide(url);
    const TargetDecision repeated = targets.decide(url);
    check(same(decision, repeated), "asking changes nothing");
    const HeapText resolved = input.text();
    if ((decision.asks & kAskResolvedUrl) != 0) {
      targets.answer_resolved(url, resolved);
      decision = targets.decide(url);
      check((decision.asks & kAskResolvedUrl) == 0, "an answer is taken");
    }
    if ((decision.asks & kAskPatterns) != 0) {
      targets.answer_patterns(url, -1);
      decision = targets.decide(url);
    }
    check(decision.asks == kAskNothing, "with both answers there is a decision");
    check(decision.reason != Reason::None, "a decision has a reason");
    check(same(targets.decide(url), decision), "a decision is remembered or made alike");
    if (restricted && !decision.resolved.empty()) {
      const int found = first_in(patterns, decision.resolved);
      check(decision.attach == (found >= 0) || href.empty(), "what occurs in the URL decides");
    }
  }
  return 0;
}
