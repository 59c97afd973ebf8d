#include "throughline/base/text_arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace throughline {
namespace {

TEST(TextArena, KeepsItsCopiesWhereTheyAre) {
  TextArena arena;
  const Text first = arena.copy("first");
  for (int i = 0; i < 10000; ++i) arena.copy("another text of some length");
  EXPECT_EQ(first, "first");
}

TEST(TextArena, TakesTextsThatAreLongerThanABlock) {
  TextArena arena;
  const std::string text(100000, 'x');
  EXPECT_EQ(arena.copy(text), text);
}

TEST(TextArena, GivesMemoryForAnyType) {
  TextArena arena;
  for (std::size_t size = 1; size < 100; ++size) {
    const auto place = reinterpret_cast<std::uintptr_t>(arena.allocate(size));
    ASSERT_EQ(place % alignof(std::max_align_t), 0U) << size;
  }
}

TEST(TextArena, TakesNothingForAnEmptyText) {
  TextArena arena;
  EXPECT_TRUE(arena.copy("").empty());
  EXPECT_EQ(arena.bytes(), 0U);
}

TEST(TextArena, BeginsSmall) {
  TextArena arena;
  arena.copy("x");
  EXPECT_LE(arena.bytes(), 1024U);
}

TEST(TextArena, CountsAllItTook) {
  TextArena arena;
  for (int i = 0; i < 100; ++i) arena.copy(std::string(1000, 'x'));
  EXPECT_GE(arena.bytes(), 100000U);
}

}  // namespace
}  // namespace throughline
