// The one function of the test-only module `cases`: runs a case of tests/cases on the core as it
// was compiled to WebAssembly. The native tests call the same runner.
#include <emscripten/bind.h>

#include <string>

#include "cases_runner/run_case.h"

namespace {

std::string run_case(std::string kind, std::string json) {
  return throughline::cases::run(kind, json);
}

}  // namespace

EMSCRIPTEN_BINDINGS(throughline_cases) {
  // The product's registration (wasm/bindings/registration.cpp) has no texts.
  using namespace emscripten::internal;
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  emscripten::function("runCase", &run_case);
}
