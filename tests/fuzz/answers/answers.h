// What the core answers to the questions of the differential fuzzer (tests/fuzz/diff.mjs): one
// function per family of inputs. They translate and decide nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "throughline/base/text.h"
#include "throughline/wire/baggage.h"

namespace throughline::fuzz {

// One question: texts, 64-bit floats and "there is none", in an order its family knows.
class Question {
 public:
  explicit Question(std::span<const std::optional<Text>> fields) : fields_(fields) {}

  bool done() const { return next_ == fields_.size(); }
  // What is absent, or asked for behind the end, reads as nothing.
  std::optional<Text> next();
  Text text() { return next().value_or(Text{}); }
  double number();
  std::optional<bool> flag();  // "1" or "0"

 private:
  std::span<const std::optional<Text>> fields_;
  std::size_t next_ = 0;
};

class Answer {
 public:
  explicit Answer(std::string& out) : out_(out) {}

  Answer& text(Text text);
  Answer& nothing();
  Answer& text_if_any(Text text) { return text.empty() ? nothing() : this->text(text); }
  Answer& number(std::optional<double> number);
  Answer& flag(std::optional<bool> flag);
  // How many, then keys and values.
  Answer& members(const Members& members);

 private:
  std::string& out_;
};

// By name; null if there is no such family.
using Family = void (*)(Question& in, Answer& out);
Family find_family(Text name);

// In the order of find_family's table.
void answer_sentry_trace(Question& in, Answer& out);
void answer_written_headers(Question& in, Answer& out);
void answer_baggage(Question& in, Answer& out);
void answer_written_dsc(Question& in, Answer& out);
void answer_written_members(Question& in, Answer& out);
void answer_joined_baggage(Question& in, Answer& out);
void answer_continuation(Question& in, Answer& out);
void answer_organisation(Question& in, Answer& out);
void answer_rate(Question& in, Answer& out);
void answer_decision(Question& in, Answer& out);
void answer_targets(Question& in, Answer& out);
void answer_url_form(Question& in, Answer& out);
void answer_url_parts(Question& in, Answer& out);
void answer_credentials(Question& in, Answer& out);
void answer_dsn(Question& in, Answer& out);

// A batch of questions, and a batch of as many answers. A field is its size in four bytes, least
// significant first, and its bytes; the size 0xFFFFFFFF means "there is none". A question is the
// number of its fields in four bytes and the fields, the first of which names the family. An
// answer is the bytes of its fields in four bytes and the fields.
std::string answer_batch(Text questions);

}  // namespace throughline::fuzz
