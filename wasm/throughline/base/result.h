// A value, or the reason why there is none, for outcomes that a caller can report.
#pragma once

#include <cassert>
#include <optional>
#include <utility>

namespace throughline {

// Codes keep their numbers for good; `detail` is for reading and no test compares it.
enum class ErrorCode : int {
  InvalidDsn = 1,
  InvalidOption = 2,
  UnknownOption = 3,
};

struct Error {
  ErrorCode code;
  const char* detail;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(error) {}

  explicit operator bool() const { return value_.has_value(); }
  // Only after the result was tested: a broken promise inside our own code otherwise.
  const T& operator*() const {
    assert(value_.has_value());
    return *value_;
  }
  const T* operator->() const { return &**this; }
  const Error& error() const {
    assert(!value_.has_value());
    return error_;
  }

 private:
  std::optional<T> value_;
  Error error_{ErrorCode::InvalidOption, {}};
};

}  // namespace throughline
