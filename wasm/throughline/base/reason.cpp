#include "throughline/base/reason.h"

namespace throughline {

Text reason_name(Reason reason) {
  struct Row {
    Reason reason;
    const char* name;
  };
  static constexpr Row kRows[] = {
#define X(number, name, text) {Reason::name, text},
      THROUGHLINE_REASONS(X)
#undef X
  };
  for (const Row& row : kRows) {
    if (row.reason == reason) return row.name;
  }
  return {};
}

}  // namespace throughline
