// Times of tests.
#pragma once

#include "throughline/base/time.h"

namespace throughline {

// Milliseconds after a moment when nothing had happened yet.
inline UnixTime at(double ms) { return from_milliseconds(1700000000000 + ms); }

}  // namespace throughline
