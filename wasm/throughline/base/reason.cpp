#include "throughline/base/reason.h"

namespace throughline {

std::string_view reason_name(Reason reason) {
  switch (reason) {
#define X(number, name, text) \
  case Reason::name:          \
    return text;
    THROUGHLINE_REASONS(X)
#undef X
    case Reason::None:
      break;
  }
  return {};
}

}  // namespace throughline
