#include "throughline/propagate/targets.h"

#include "throughline/propagate/pattern_index.h"
#include "throughline/propagate/remembered.h"
#include "throughline/url/normal_form.h"
#include "throughline/url/parts.h"

namespace throughline {
namespace {

// What a path in normal form is appended to; empty where only the host can resolve paths: other
// schemes have rules of their own, and user info of the base is inherited.
Text base_origin(Text base_url) {
  const UrlParts base = split_url(base_url);
  return is_web_scheme(base.scheme) ? base.origin : Text{};
}

}  // namespace

struct Targets::State {
  bool restricted = false;  // the option is set
  bool has_host_patterns = false;
  PatternIndex patterns;
  PageLocation page;
  UrlParts location;  // of `page.href`
  Text path_prefix;   // base_origin() of `page.base_url`
  RememberedTable remembered;

  bool has_location() const { return !page.href.empty(); }

  // Remembers what `url` resolves to; null if only the host can tell.
  Remembered* resolve(Text url);
  // Decides about a text that was resolved, or says what is lacking.
  std::uint32_t settle(Text url, Remembered& known) const;
  // The rule that holds while the option is not set.
  Reason by_origin(Text url, Text resolved) const;
};

Remembered* Targets::State::resolve(Text url) {
  const UrlForm form = url_form(url);
  if (form == UrlForm::Absolute) return &remembered.add_prefixed(url, {});
  // The raw text decides; what it resolves to, nobody can tell.
  if (!has_location()) return &remembered.add(url, {});
  if (form == UrlForm::Ask || path_prefix.empty()) return nullptr;
  return &remembered.add_prefixed(url, path_prefix);
}

std::uint32_t Targets::State::settle(Text url, Remembered& known) const {
  const Text resolved = known.resolved;
  int pattern = -1;
  if (has_location() && resolved.empty()) {
    known.reason = Reason::UnparsableUrl;
  } else if (!restricted) {
    known.reason = by_origin(url, resolved);
  } else {
    // The pathname need not be searched: what occurs in it occurs in the whole text.
    pattern = patterns.first_in(has_location() ? resolved : url);
    const int by_host = known.pattern;
    if (pattern < 0 && has_host_patterns && by_host == Remembered::kNotAsked) return kAskPatterns;
    if (by_host >= 0 && (pattern < 0 || by_host < pattern)) pattern = by_host;
    known.reason = pattern < 0 ? Reason::NoTargetMatched : Reason::TargetMatched;
  }
  known.pattern = pattern;
  return kAskNothing;
}

Reason Targets::State::by_origin(Text url, Text resolved) const {
  if (!has_location()) {
    const bool is_path = url.starts_with('/') && !url.starts_with("//");
    return is_path ? Reason::SameOrigin : Reason::OtherOrigin;
  }
  const UrlParts request = split_url(resolved);
  if (same_origin(request, location)) return Reason::SameOrigin;
  return request.is_opaque() ? Reason::OpaqueOrigin : Reason::OtherOrigin;
}

Targets::Targets() : state_(std::make_unique<State>()) {}
Targets::~Targets() = default;

void Targets::configure(const std::optional<std::span<const Pattern>>& patterns) {
  State& state = *state_;
  state.remembered.forget_all();
  state.restricted = patterns.has_value();
  const std::span<const Pattern> all = patterns.value_or(std::span<const Pattern>{});
  state.patterns.build(all);
  state.has_host_patterns = false;
  for (const Pattern& pattern : all) state.has_host_patterns |= pattern.host_side;
}

void Targets::set_page(const PageLocation& page) {
  State& state = *state_;
  const UrlParts location = split_url(page.href);
  const Text path_prefix = base_origin(page.base_url);
  if (page.href.empty() != state.page.href.empty() || path_prefix != state.path_prefix ||
      !same_origin(location, state.location)) {
    state.remembered.forget_all();
  } else if (page.base_url != state.page.base_url) {
    // As a rule: another route of the same origin.
    state.remembered.forget_from_host();
  }
  state.page = page;
  state.location = location;
  state.path_prefix = path_prefix;
}

TargetDecision Targets::decide(Text url) {
  TargetDecision decision;
  Remembered* known = state_->remembered.find(url);
  if (known == nullptr || !known->resolved_known) {
    known = state_->resolve(url);
    if (known == nullptr) {
      decision.asks = kAskResolvedUrl;
      return decision;
    }
  }
  if (known->reason == Reason::None) {
    decision.asks = state_->settle(url, *known);
    if (decision.asks != kAskNothing) return decision;
  }
  decision.attach = known->reason == Reason::SameOrigin || known->reason == Reason::TargetMatched;
  decision.reason = known->reason;
  decision.pattern = known->pattern;
  decision.resolved = known->resolved;
  return decision;
}

void Targets::answer_resolved(Text url, Text resolved) {
  state_->remembered.add(url, resolved).from_host = true;
}

void Targets::answer_patterns(Text url, int pattern) {
  Remembered* known = state_->remembered.find(url);
  if (known == nullptr) {
    known = &state_->remembered.add(url, {});
    known->resolved_known = false;
  }
  known->reason = Reason::None;
  known->pattern = pattern;
}

}  // namespace throughline
