// A view of UTF-8 bytes that somebody else owns, like std::string_view.
//
// In 32-bit builds it is one 64-bit number, which the WebAssembly calling convention passes in a
// register; a struct of two members goes through memory at every call. That is 0.5 KB brotli.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace throughline {

class Text {
 public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  Text() = default;
  Text(const char* data, std::size_t size);
  // Up to the first NUL: for literals.
  Text(const char* text) : Text(text, std::char_traits<char>::length(text)) {}
  // From and to what hosts and tests have.
  Text(std::string_view text) : Text(text.data(), text.size()) {}
  Text(const std::string& text) : Text(text.data(), text.size()) {}
  operator std::string() const { return {data(), size()}; }

  const char* data() const;
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  const char* begin() const { return data(); }
  const char* end() const { return data() + size(); }
  char front() const { return *data(); }
  char back() const { return end()[-1]; }
  char operator[](std::size_t at) const { return data()[at]; }

  void remove_prefix(std::size_t count) { *this = {data() + count, size() - count}; }
  void remove_suffix(std::size_t count) { *this = {data(), size() - count}; }
  // `at` is at most size().
  Text substr(std::size_t at, std::size_t count = npos) const;
  bool starts_with(Text other) const;
  bool starts_with(char c) const { return !empty() && front() == c; }
  bool ends_with(Text other) const;
  bool ends_with(char c) const { return !empty() && back() == c; }
  // npos when there is none.
  std::size_t find(Text other) const;
  std::size_t find(char c) const;
  std::size_t rfind(char c) const;
  std::size_t find_first_of(Text characters) const;
  friend bool operator==(Text a, Text b);

 private:
#if UINTPTR_MAX == UINT32_MAX
  std::uint64_t bits_ = 0;
#else
  const char* data_ = nullptr;
  std::size_t size_ = 0;
#endif
};

#if UINTPTR_MAX == UINT32_MAX
inline Text::Text(const char* data, std::size_t size)
    : bits_(reinterpret_cast<std::uintptr_t>(data) | std::uint64_t{size} << 32U) {}
inline const char* Text::data() const {
  return reinterpret_cast<const char*>(static_cast<std::uintptr_t>(bits_));
}
inline std::size_t Text::size() const { return static_cast<std::size_t>(bits_ >> 32U); }
#else
inline Text::Text(const char* data, std::size_t size) : data_(data), size_(size) {}
inline const char* Text::data() const { return data_; }
inline std::size_t Text::size() const { return size_; }
#endif

}  // namespace throughline
