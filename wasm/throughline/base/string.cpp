#include "throughline/base/string.h"

#include <cstdlib>
#include <cstring>
#include <utility>

namespace throughline {

// Out of line, all of them: see the head of string.h.
String::String(Text text) { append(text); }
String::String(const char* text) { append(text); }
String::String(const String& other) { append(Text{other}); }
[[gnu::noinline]] String::String(String&& other) noexcept { swap(other); }

[[gnu::noinline]] String& String::operator=(const String& other) {
  if (this == &other) return *this;
  size_ = 0;
  return append(Text{other});
}

[[gnu::noinline]] String& String::operator=(String&& other) noexcept {
  swap(other);
  return *this;
}

[[gnu::noinline]] String::~String() { std::free(data_); }

[[gnu::noinline]] void String::reserve(std::size_t size) {
  if (size <= capacity_) return;
  capacity_ = static_cast<std::uint32_t>(size + size / 2 + 16);
  char* grown = static_cast<char*>(std::malloc(capacity_));
  if (grown == nullptr) std::abort();
  if (data_ != nullptr) std::memcpy(grown, data_, size_);
  std::free(data_);
  data_ = grown;
}

[[gnu::noinline]] void String::resize(std::size_t size) {
  reserve(size);
  size_ = static_cast<std::uint32_t>(size);
}

[[gnu::noinline]] String& String::append(Text text) {
  const std::size_t at = size_;
  resize(at + text.size());
  if (data_ != nullptr && !text.empty()) std::memcpy(data_ + at, text.data(), text.size());
  return *this;
}

[[gnu::noinline]] String& String::append(const char* text) { return append(Text{text}); }

[[gnu::noinline]] void String::push_back(char c) {
  if (size_ == capacity_) reserve(size_ + 1);
  data_[size_++] = c;
}

[[gnu::noinline]] void String::swap(String& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
}

}  // namespace throughline
