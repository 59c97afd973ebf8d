// A vector for what can be copied byte by byte. Its growth is one function for all element
// types: every std::vector brings half a kilobyte of its own into the module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace throughline {

// Makes room for more items of that size; ends the process when there is no memory.
void grow_list(void** items, std::uint32_t* capacity, std::size_t item_size);
void free_list(void* items);

template <typename T>
class List {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  List() = default;
  List(List&& other) noexcept
      : items_(std::exchange(other.items_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  List& operator=(List&& other) noexcept {
    std::swap(items_, other.items_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ~List() { free_list(items_); }

  void push_back(const T& item) {
    // The item may lie in this very list.
    const T copy = item;
    if (size_ == capacity_) grow_list(&items_, &capacity_, sizeof(T));
    begin()[size_++] = copy;
  }
  void erase_at(std::size_t index) {
    --size_;
    for (std::size_t i = index; i < size_; ++i) begin()[i] = begin()[i + 1];
  }
  void pop_back() { --size_; }
  void clear() { size_ = 0; }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T* begin() { return static_cast<T*>(items_); }
  T* end() { return begin() + size_; }
  const T* begin() const { return static_cast<const T*>(items_); }
  const T* end() const { return begin() + size_; }
  T& operator[](std::size_t index) { return begin()[index]; }
  const T& operator[](std::size_t index) const { return begin()[index]; }
  T& front() { return *begin(); }
  const T& front() const { return *begin(); }
  T& back() { return begin()[size_ - 1]; }
  const T& back() const { return begin()[size_ - 1]; }

 private:
  void* items_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

// Takes the last item that equals `item` out, if there is one.
template <typename T>
void erase(List<T>& list, const T& item) {
  for (std::size_t i = list.size(); i-- > 0;) {
    if (list[i] == item) {
      list.erase_at(i);
      return;
    }
  }
}

}  // namespace throughline
