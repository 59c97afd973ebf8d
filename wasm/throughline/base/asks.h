// What the core asks the host for. An event that lacks an answer changes nothing and says which
// ones it lacks; the host repeats it with them (design.md decision 12).
#pragma once

#include <cstdint>

namespace throughline {

inline constexpr std::uint32_t kAskNothing = 0;
inline constexpr std::uint32_t kAskResolvedUrl = 1;  // `new URL` of the text
inline constexpr std::uint32_t kAskPatterns = 2;     // RegExps and functions about the text
inline constexpr std::uint32_t kAskDecision = 4;     // beforeSampling, tracesSampler
inline constexpr std::uint32_t kAskDsc = 8;          // listeners of createDsc
inline constexpr std::uint32_t kAskIgnored = 16;     // RegExps of ignoreSpans about spans
inline constexpr std::uint32_t kAskEnd = 32;         // beforeSpanEnd of an idle span
inline constexpr std::uint32_t kAskRoute = 64;       // beforeStartSpan and hooks about routes
inline constexpr std::uint32_t kAskSpan = 128;       // what the host adds to a streamed span

}  // namespace throughline
