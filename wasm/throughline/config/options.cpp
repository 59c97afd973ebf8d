#include "throughline/config/options.h"

namespace throughline {

[[gnu::noinline]] Settings::Settings() = default;
[[gnu::noinline]] Settings::Settings(const Settings& other) = default;
[[gnu::noinline]] Settings::Settings(Settings&& other) noexcept = default;
[[gnu::noinline]] Settings& Settings::operator=(const Settings& other) = default;
[[gnu::noinline]] Settings& Settings::operator=(Settings&& other) noexcept = default;
[[gnu::noinline]] Settings::~Settings() = default;

}  // namespace throughline
