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

EMSCRIPTEN_BINDINGS(throughline_cases) { emscripten::function("runCase", &run_case); }
