// Why something was decided as it was: one code per decision, kept for good (design.md
// decision 16). Names are part of every build; sentences are not.
#pragma once

#include "throughline/base/text.h"

namespace throughline {

// Number, enumerator, name on the outside.
#define THROUGHLINE_REASONS(X)                                                                     \
  /* attach or not (propagation.md section 11) */                                                  \
  X(1, SameOrigin, "same-origin")            /* option unset, request of own origin */             \
  X(2, TargetMatched, "target-matched")      /* an entry of tracePropagationTargets */             \
  X(3, OtherOrigin, "other-origin")          /* option unset, another origin */                    \
  X(4, NoTargetMatched, "no-target-matched") /* option set, no entry matched */                    \
  X(5, OpaqueOrigin, "opaque-origin")        /* data: and the like on a page with an origin */     \
  X(6, UnparsableUrl, "unparsable-url")      /* the host could not resolve the text */             \
  X(7, OwnRequest, "own-request")            /* the delivery of an SDK, by XHR */                  \
  X(8, AlreadySet, "already-set")            /* the application set a sentry-trace */              \
  X(9, Disabled, "disabled")                 /* enabled: false, or closed */                       \
  X(10, CoreUnavailable, "core-unavailable") /* no core: pass-through */                           \
  /* where a trace came from (propagation.md section 8.1) */                                       \
  X(20, ContinuedMeta, "continued-meta")                                                           \
  X(21, ContinuedServerTiming, "continued-server-timing")                                          \
  X(22, ContinuedArgument, "continued-argument")                                                   \
  X(23, FreshTrace, "fresh-trace")               /* nothing arrived */                             \
  X(24, MalformedHeader, "malformed-header")     /* something arrived without a usable trace id */ \
  X(25, OtherOrganisation, "other-organisation") /* propagation.md section 6.4 */                  \
  X(26, NewTrace, "new-trace")                   /* startNewTrace */                               \
  /* whether a root is recorded (propagation.md section 7) */                                      \
  X(40, TracingOff, "tracing-off")              /* neither rate nor sampler */                     \
  X(41, TracesSampler, "traces-sampler")        /* its rate */                                     \
  X(42, ParentDecision, "parent-decision")      /* the incoming one, or that of the route */       \
  X(43, TracesSampleRate, "traces-sample-rate") /* the option */                                   \
  X(44, InvalidRate, "invalid-rate")            /* no number from 0 to 1 */                        \
  X(45, SamplerThrew, "sampler-threw")          /* and nothing else decided */                     \
  /* change of URL (lifecycle.md sections 4 and 5) */                                              \
  X(30, Navigation, "navigation")                                                                  \
  X(31, Redirect, "redirect")                                                                      \
  X(32, SameUrl, "same-url")                                                                       \
  X(33, StillOnStartUrl, "still-on-start-url")

enum class Reason : int {
  None = 0,
#define X(number, name, text) name = number,
  THROUGHLINE_REASONS(X)
#undef X
};

// The outside name, e.g. "no-target-matched"; empty for a number that names nothing.
Text reason_name(Reason reason);

}  // namespace throughline
