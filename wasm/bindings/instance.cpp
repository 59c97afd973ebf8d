#include "bindings/instance.h"

#include <utility>

#include "bindings/export.h"
#include "bindings/facades.h"

namespace throughline::bindings {
namespace {

Scratch the_scratch;
HostRandom the_pool;
Instance* the_instance = nullptr;
std::size_t known_pages = 0;

bool memory_grew() {
  const std::size_t pages = __builtin_wasm_memory_size(0);
  const bool grew = pages != known_pages;
  known_pages = pages;
  return grew;
}

}  // namespace

HostRandom& random_pool() { return the_pool; }
Scratch& scratch() { return the_scratch; }
Instance& instance() { return *the_instance; }

int word(std::uint32_t asks) {
  int word = 0;
  if (asks != 0) {
    cell(kAsks) = asks;
    word |= kWordAsks;
  }
  if (random_pool().low()) word |= kWordRandomLow;
  word |= wants(core());
  if (memory_grew()) word |= kWordMemoryGrew;
  return word;
}

void put_answer(String text) {
  String& kept = instance().answer;
  kept = std::move(text);
  cell(kTextAddress) = static_cast<double>(reinterpret_cast<std::uintptr_t>(kept.data()));
  cell(kTextBytes) = static_cast<double>(kept.size());
}

int answer(String text) {
  put_answer(std::move(text));
  return word();
}

// Once, after the pool was filled and before anything else.
THROUGHLINE_EXPORT void tl_start() { the_instance = new Instance(the_pool); }

THROUGHLINE_EXPORT int tl_scratch() {
  return static_cast<int>(reinterpret_cast<std::uintptr_t>(&the_scratch));
}
THROUGHLINE_EXPORT int tl_pool() {
  return static_cast<int>(reinterpret_cast<std::uintptr_t>(the_pool.pool()));
}
THROUGHLINE_EXPORT void tl_refilled() { the_pool.refilled(); }

// Room for texts of that many bytes, for the next call only.
THROUGHLINE_EXPORT int tl_lend(int bytes) {
  instance().lent.resize(static_cast<std::size_t>(bytes));
  return static_cast<int>(reinterpret_cast<std::uintptr_t>(instance().lent.data()));
}

// The word of a call that the host has no need to make.
THROUGHLINE_EXPORT int tl_word() { return word(); }

}  // namespace throughline::bindings
