#include "cases_runner/host_answers.h"

#include "cases_runner/values.h"

namespace throughline::cases {
namespace {

// `member` for texts that may hold NUL.
const Json& answer_for(const std::string& url, const Json& answers) {
  static const Json kNull;
  const auto found = answers.find(url);
  return found == answers.end() ? kNull : *found;
}

}  // namespace

Page page_of(const Json& in) {
  const Json& answered = member(member(in, "host_answers"), "page");
  if (answered.is_object()) {
    return {text_of(member(answered, "href")), text_of(member(answered, "base_url"))};
  }
  const std::string href = text_of(member(in, "page"));
  return {href, href};
}

TargetDecision decide_with_host(Targets& targets, const std::string& url, const Json& in) {
  const Json& answers = member(in, "host_answers");
  TargetDecision decision = targets.decide(url);
  // The URL, then the patterns: what asks again has not taken the answer.
  for (int round = 0; round < 2 && decision.asks != kAskNothing && answers.is_object(); ++round) {
    if ((decision.asks & kAskResolvedUrl) != 0) {
      targets.answer_resolved(url, text_of(answer_for(url, member(answers, "resolved"))));
    }
    if ((decision.asks & kAskPatterns) != 0) {
      const Json& matched = answer_for(url, member(answers, "patterns"));
      const bool any = matched.is_array() && !matched.empty();
      targets.answer_patterns(url, any ? static_cast<int>(number_of(matched[0]).value_or(-1)) : -1);
    }
    decision = targets.decide(url);
  }
  return decision;
}

Outcome needs_host(const TargetDecision& decision) {
  return skip((decision.asks & kAskResolvedUrl) != 0 ? "needs a host's URL parser"
                                                     : "needs a host's RegExp");
}

}  // namespace throughline::cases
