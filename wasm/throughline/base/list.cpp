#include "throughline/base/list.h"

#include <cstdlib>
#include <cstring>

namespace throughline {

void grow_list(void** items, std::uint32_t* capacity, std::size_t item_size) {
  const std::size_t used = *capacity * item_size;
  *capacity = *capacity == 0 ? 4 : *capacity * 2;
  // Not realloc: nothing else needs it, and it weighs as much as malloc and free together.
  void* grown = std::malloc(*capacity * item_size);
  if (grown == nullptr) std::abort();
  if (used != 0) std::memcpy(grown, *items, used);
  std::free(*items);
  *items = grown;
}

void free_list(void* items) { std::free(items); }

}  // namespace throughline
