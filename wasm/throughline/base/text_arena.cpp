#include "throughline/base/text_arena.h"

#include <cstdlib>
#include <cstring>
#include <utility>

namespace throughline {
namespace {

// Small roots (one span, one attribute) fit into the first block, long ones get larger ones.
constexpr std::size_t kFirstBlock = 1024;
constexpr std::size_t kBlock = 16384;
// Of each block: what stands in front of it here and in the allocator.
constexpr std::size_t kOverhead = 32;

}  // namespace

// Stands at the start of each block, with the alignment of everything behind it.
struct alignas(std::max_align_t) TextArena::Block {
  Block* before;
};

TextArena::~TextArena() { clear(); }

void TextArena::clear() {
  while (last_ != nullptr) std::free(std::exchange(last_, last_->before));
  left_ = 0;
  bytes_ = 0;
}

void* TextArena::allocate(std::size_t size) {
  constexpr std::size_t kAlignment = alignof(std::max_align_t);
  size = (size + kAlignment - 1) & ~(kAlignment - 1);
  if (size > left_) {
    const std::size_t usual = (last_ == nullptr ? kFirstBlock : kBlock) - kOverhead;
    left_ = size > usual ? size : usual;
    auto* block = static_cast<Block*>(std::malloc(sizeof(Block) + left_));
    if (block == nullptr) std::abort();
    block->before = last_;
    last_ = block;
    next_ = reinterpret_cast<std::byte*>(block + 1);
    bytes_ += left_ + kOverhead;
  }
  std::byte* place = next_;
  next_ += size;
  left_ -= size;
  return place;
}

Text TextArena::copy(Text text) {
  if (text.empty()) return {};
  char* place = static_cast<char*>(allocate(text.size()));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

}  // namespace throughline
