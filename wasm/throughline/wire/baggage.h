// The `baggage` header: reading it, taking the dynamic sampling context out of it, writing one,
// and joining ours with what the application already set.
//
// Spec: W3C Baggage; propagation.md section 3.
#pragma once

#include <cstddef>
#include <optional>

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

struct Member {
  Text key;
  Text value;
};

// An ordered map of few members: insertion order is what goes on the wire, keys are unique. All
// of it is one text, so that a copy, of which there are many, is one copy.
class Members {
 public:
  Members();
  Members(const Members& other);
  Members(Members&& other) noexcept;
  Members& operator=(const Members& other);
  Members& operator=(Members&& other) noexcept;
  ~Members();

  // Replaces the value of `key` in its place, or adds it at the end. Neither may be a view of
  // this map.
  void set(Text key, Text value);
  // Nothing when there is no such member. The view holds until the next change.
  std::optional<Text> get(Text key) const;
  bool empty() const { return data_.empty(); }
  std::size_t size() const;
  friend bool operator==(const Members& a, const Members& b) { return a.data_ == b.data_; }

  class Iterator {
   public:
    explicit Iterator(const char* at) : at_(at) {}
    Member operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const char* at_;
  };
  Iterator begin() const { return Iterator{data_.data()}; }
  Iterator end() const { return Iterator{data_.data() + data_.size()}; }

 private:
  // For each member both sizes, key and value.
  String data_;
};

using Dsc = Members;

inline constexpr std::size_t kMaxBaggageBytes = 8192;
inline constexpr std::size_t kMaxBaggageMembers = 64;

// All usable members of a header text, the last of a name winning (its first place is kept).
// Several header lines: call again with the same `into`.
void parse_baggage(Text text, Members& into);

// The members whose decoded key starts with `sentry-`, prefix removed; nothing if there is none.
[[nodiscard]] std::optional<Dsc> dsc_of(const Members& members);

// Header text of a DSC: keys prefixed, empty values left out, at most kMaxBaggageBytes by whole
// members (a member that would exceed it is skipped, later ones may still fit). Empty text: no
// header.
[[nodiscard]] String format_dsc(const Dsc& dsc);

// The same without prefix and value filter.
[[nodiscard]] String format_members(const Members& members);

// Joins `ours` (may be empty) to a header the application set (propagation.md 3.4): unchanged
// if it has a `sentry-` member of its own, or if the combination would exceed kMaxBaggageBytes
// or kMaxBaggageMembers.
[[nodiscard]] String append_baggage(Text existing, Text ours);

}  // namespace throughline
