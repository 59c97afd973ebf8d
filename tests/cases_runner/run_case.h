// Holds the core to the fact tables of tests/cases, natively and as a WebAssembly module.
#pragma once

#include <string>
#include <string_view>

namespace throughline::cases {

// `kind` is the name of the table's file without ".json", `case_json` one whole case of it.
// Returns {"verdict": "pass" | "fail" | "skip", "detail": "..."}.
std::string run(std::string_view kind, std::string_view case_json);

}  // namespace throughline::cases
