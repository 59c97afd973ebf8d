// How a function becomes a raw export: `THROUGHLINE_EXPORT int tl_wake(double now) { ... }` is
// `core.raw.tl_wake(now)` in JavaScript, without any list to keep (wasm/CMakeLists.txt reads the
// names from these very sources). Numbers only, no conversion, no check of the argument count
// (spec/wasm.md section 6).
//
// The name starts with `tl_`, and the macro stands in a .cpp file.
#pragma once

#define THROUGHLINE_EXPORT extern "C" __attribute__((used, visibility("default")))
