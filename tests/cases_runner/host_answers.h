// What a JavaScript host answers about the URLs of a case, put into it by
// tests/vectors/host_answers.mjs as `in.host_answers`. A native run has none.
#pragma once

#include <string>

#include "cases_runner/families.h"
#include "throughline/propagate/targets.h"

namespace throughline::cases {

// The page of `in`, as the host serialises it.
struct Page {
  std::string href;
  std::string base_url;

  PageLocation location() const { return {href, base_url}; }
};

Page page_of(const Json& in);

// Asks `targets` and answers what it asks until it has decided. Without the host's answers the
// decision still asks.
TargetDecision decide_with_host(Targets& targets, const std::string& url, const Json& in);

// Why a case whose decision still asks was not run.
Outcome needs_host(const TargetDecision& decision);

}  // namespace throughline::cases
