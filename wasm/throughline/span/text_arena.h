// Memory of one root: its records and their texts, freed together (design.md decision 15).
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace throughline {

class TextArena {
 public:
  // `size` bytes for objects of any type. What is put there is never destroyed.
  void* allocate(std::size_t size) {
    size = (size + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
    if (size > left_) grow(size);
    std::byte* place = next_;
    next_ += size;
    left_ -= size;
    return place;
  }

  // The views of the copies hold as long as the arena.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = static_cast<char*>(allocate(text.size()));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  std::size_t bytes() const { return bytes_; }

 private:
  // Small roots (one span, one attribute) fit into the first block, long ones get larger ones.
  static constexpr std::size_t kFirstBlock = 1024;
  static constexpr std::size_t kBlock = 16384;

  void grow(std::size_t size) {
    const std::size_t usual = blocks_.empty() ? kFirstBlock : kBlock;
    const std::size_t block = size > usual ? size : usual;
    blocks_.emplace_back(new std::byte[block]);
    next_ = blocks_.back().get();
    left_ = block;
    bytes_ += block;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace throughline
