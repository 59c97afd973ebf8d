// May a request carry our headers? Matching of `tracePropagationTargets`.
//
// Spec: propagation.md section 11; design.md decisions 5, 12 and 18.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "throughline/base/asks.h"
#include "throughline/base/reason.h"
#include "throughline/base/text.h"
#include "throughline/config/options.h"

namespace throughline {

// Where the page is. Empty `href`: no usable location (worker, extension).
struct PageLocation {
  Text href;      // location.href, serialised by the host
  Text base_url;  // document.baseURI
};

struct TargetDecision {
  std::uint32_t asks = kAskNothing;  // when not zero, nothing below holds
  bool attach = false;
  Reason reason = Reason::None;
  int pattern = -1;  // index of the entry that matched, -1: none
  // Resolved text of the request's URL; holds until the next call of `answer_*` or `decide`.
  // Empty when it could not be parsed.
  Text resolved;
};

// Decides, and remembers what the host answered, in a table of bounded size keyed by base and
// text: an answer given is found by the next `decide` of the same text, whatever was evicted
// for it. Deciding the same text again costs the same however many patterns there are.
class Targets {
 public:
  Targets();
  ~Targets();

  // Forgets every remembered answer. `patterns` empty optional: the same-origin rule.
  void configure(const std::optional<std::span<const Pattern>>& patterns);
  // The texts must hold until the next call. Changes of base or location forget what depended on
  // them; same values cost a comparison.
  void set_page(const PageLocation& page);

  [[nodiscard]] TargetDecision decide(Text url);

  // The host's answers. `resolved` empty: cannot be parsed.
  void answer_resolved(Text url, Text resolved);
  // `pattern`: index of the first host-side pattern that matches (section 11: on the resolved
  // absolute URL, or for same-origin requests also on the pathname; without location on the raw
  // text), -1 for none. A text pattern with a lower index may still come first.
  void answer_patterns(Text url, int pattern);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace throughline
