// A text that grows, like std::string, which keeps short texts inside of itself and therefore
// asks at every use where it has them: 1.4 KB brotli over the module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "throughline/base/text.h"

namespace throughline {

class String {
 public:
  String() = default;
  explicit String(Text text);
  explicit String(const char* text);
  String(const String& other);
  String(String&& other) noexcept;
  String& operator=(const String& other);
  String& operator=(String&& other) noexcept;
  ~String();

  // `text` may not lie in this very string.
  String& append(Text text);
  String& append(const char* text);
  void push_back(char c);
  void reserve(std::size_t size);
  // What is added is not initialised.
  void resize(std::size_t size);
  void swap(String& other) noexcept;
  // Keeps the memory.
  void clear() { size_ = 0; }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  char* data() { return data_; }
  const char* data() const { return data_; }
  char back() const { return data_[size_ - 1]; }
  operator Text() const { return {data_, size_}; }
  operator std::string() const { return {data_, size_}; }
  friend bool operator==(const String& a, const String& b) { return Text{a} == Text{b}; }
  friend bool operator==(const String& a, Text b) { return Text{a} == b; }

 private:
  char* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace throughline
