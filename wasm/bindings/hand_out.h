// How functions outside the per-request path become functions of the module in JavaScript, given as
// a list `CALLS` of CALL(nameInJavaScript, function): by embind.
//
// A link target that has no room for it (0.6 KB brotli on both sides) defines
// THROUGHLINE_WITHOUT_EMBIND. Only numbers cross, so a table of the functions does as well: the
// glue takes them out of it under the same names, which it reads from these very lists
// (host/exports_js.cmake).
#pragma once

#ifdef THROUGHLINE_WITHOUT_EMBIND

#include <cstdint>

#include "bindings/export.h"

#define THROUGHLINE_HAND_OUT(file, CALLS)                              \
  THROUGHLINE_EXPORT int tl_calls() {                                  \
    static void (*const kCalls[])() = {CALLS(THROUGHLINE_CALL)};       \
    return static_cast<int>(reinterpret_cast<std::uintptr_t>(kCalls)); \
  }
#define THROUGHLINE_CALL(name, bound) reinterpret_cast<void (*)()>(&(bound)),

#else

#include <emscripten/bind.h>

#define THROUGHLINE_HAND_OUT(file, CALLS) \
  EMSCRIPTEN_BINDINGS(throughline_##file) { CALLS(THROUGHLINE_CALL) }
#define THROUGHLINE_CALL(name, bound) emscripten::function(#name, &(bound));

#endif
