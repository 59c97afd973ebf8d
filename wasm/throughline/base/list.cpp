#include "throughline/base/list.h"

#include <cstdlib>

namespace throughline {

void grow_list(void** items, std::uint32_t* capacity, std::size_t item_size) {
  *capacity = *capacity == 0 ? 4 : *capacity * 2;
  void* grown = std::realloc(*items, *capacity * item_size);
  if (grown == nullptr) std::abort();
  *items = grown;
}

void free_list(void* items) { std::free(items); }

}  // namespace throughline
