// The allocator of the module (-sMALLOC=none): free lists by size, four sizes to each power of
// two, fresh memory from the end of the heap. A block goes back to the list of its size and is
// never cut or joined: right for a core whose blocks are few and of recurring sizes (arenas,
// payloads that double), and 0.6 KB brotli smaller than emmalloc.
//
// A block wastes a quarter of its bytes at the most. Addresses are multiples of 8, which is all
// that anything in the core needs.
#include <cstddef>
#include <cstdint>

extern "C" {
extern unsigned char __heap_base;  // set by the linker

// Views of the memory are detached (host/growth.js).
void throughline_memory_grew();
}

namespace {

// Eight bytes in front of what was asked for; a free block also uses them for the list.
struct Block {
  std::uint32_t list;
  Block* next;  // while it is free
};

constexpr std::size_t kHeader = 8;
constexpr std::size_t kPage = 65536;

Block* lists[4 * 32];
std::size_t top = 0;

Block* fresh(std::size_t size) {
  if (top == 0) top = (reinterpret_cast<std::size_t>(&__heap_base) + 7) & ~std::size_t{7};
  const std::size_t have = __builtin_wasm_memory_size(0) * kPage;
  if (size > have - top) {
    const std::size_t pages = (size - (have - top) + kPage - 1) / kPage;
    if (__builtin_wasm_memory_grow(0, pages) == static_cast<std::size_t>(-1)) return nullptr;
    throughline_memory_grew();
  }
  auto* block = reinterpret_cast<Block*>(top);
  top += size;
  return block;
}

}  // namespace

extern "C" void* malloc(std::size_t size) {
  // Beyond this nothing can be had, and the sizes below do not overflow.
  if (size > (std::size_t{1} << 30)) return nullptr;
  const std::size_t last = size < 24 ? 31 : size + kHeader - 1;
  const unsigned shift = 29U - static_cast<unsigned>(__builtin_clzl(last));
  const std::size_t quarters = last >> shift;  // 4 to 7
  Block** list = &lists[4 * shift + quarters - 4];
  Block* block = *list;
  if (block != nullptr) {
    *list = block->next;
  } else {
    block = fresh((quarters + 1) << shift);
    if (block == nullptr) return nullptr;
    block->list = static_cast<std::uint32_t>(list - lists);
  }
  return reinterpret_cast<unsigned char*>(block) + kHeader;
}

extern "C" void free(void* memory) {
  if (memory == nullptr) return;
  auto* block = reinterpret_cast<Block*>(static_cast<unsigned char*>(memory) - kHeader);
  block->next = lists[block->list];
  lists[block->list] = block;
}
