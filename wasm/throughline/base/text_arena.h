// Memory for what is freed together: the records and texts of one root (design.md decision 15),
// the texts of the options, those of the page.
#pragma once

#include <cstddef>

#include "throughline/base/text.h"

namespace throughline {

class TextArena {
 public:
  TextArena() = default;
  TextArena(const TextArena&) = delete;
  TextArena& operator=(const TextArena&) = delete;
  ~TextArena();

  // `size` bytes for objects of any type. What is put there is never destroyed.
  void* allocate(std::size_t size);
  // The views of the copies hold as long as the arena.
  Text copy(Text text);

  // Frees everything.
  void clear();
  std::size_t bytes() const { return bytes_; }

 private:
  struct Block;

  Block* last_ = nullptr;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace throughline
