// The page, the next one, and the trace that most tests are about.
#pragma once

#include <string_view>

namespace throughline {

inline constexpr std::string_view kPage = "https://app.example.com/start";
inline constexpr std::string_view kNext = "https://app.example.com/next";

inline constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
inline constexpr char kSpan[] = "00f067aa0ba902b7";
inline constexpr char kSentryTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1";

}  // namespace throughline
