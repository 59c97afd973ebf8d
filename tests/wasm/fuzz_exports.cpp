// How the differential fuzzer (tests/fuzz/diff.mjs) asks the core as it was compiled to
// WebAssembly: thousands of questions in one crossing. Part of the test-only module `cases`.
#include <cstdlib>
#include <string>

#include "bindings/export.h"
#include "fuzz/answers/answers.h"

namespace {

// Of the last batch; they stay where they are until the next one.
char* questions = nullptr;
std::string answers;

}  // namespace

// Where to put a batch of that many bytes.
THROUGHLINE_EXPORT char* tl_fuzz_lend(int bytes) {
  std::free(questions);
  questions = static_cast<char*>(std::malloc(static_cast<std::size_t>(bytes)));
  return questions;
}

// Answers what was put there; returns how many bytes that makes.
THROUGHLINE_EXPORT int tl_fuzz_answer(int bytes) {
  answers = throughline::fuzz::answer_batch({questions, static_cast<std::size_t>(bytes)});
  return static_cast<int>(answers.size());
}

THROUGHLINE_EXPORT const char* tl_fuzz_answers() { return answers.data(); }
