// Which spans are left out of payloads: the patterns of `ignoreSpans` that consist of texts and
// values. Those with a RegExp are the host's, which is asked (design.md decision 5).
//
// Spec: spans.md section 7.
#pragma once

#include <span>

#include "throughline/base/list.h"
#include "throughline/base/text.h"
#include "throughline/base/text_arena.h"
#include "throughline/span/span_record.h"

namespace throughline {

class SpanFilter {
 public:
  SpanFilter() = default;
  SpanFilter(const SpanFilter&) = delete;
  SpanFilter& operator=(const SpanFilter&) = delete;

  void clear();
  // One pattern; a part that is empty does not count, one without any part never matches. Copies.
  void add(Text name, Text op, std::span<const AttributeInput> attributes);
  // The host has patterns of its own.
  void ask_host() { asks_host_ = true; }

  bool asks_host() const { return asks_host_; }
  // By the patterns that are known here, or by what the host said before.
  bool matches(const SpanRecord& span) const;

 private:
  struct Pattern {
    Text name;
    Text op;
    AttributeList attributes;
  };

  TextArena texts_;
  List<Pattern> patterns_;
  bool asks_host_ = false;
};

}  // namespace throughline
