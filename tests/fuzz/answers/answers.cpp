#include "fuzz/answers/answers.h"

#include <cstdint>
#include <cstring>
#include <vector>

namespace throughline::fuzz {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

struct NamedFamily {
  const char* name;
  Family family;
};

constexpr NamedFamily kFamilies[] = {
    {"sentry-trace", answer_sentry_trace},
    {"written headers", answer_written_headers},
    {"baggage", answer_baggage},
    {"written dsc", answer_written_dsc},
    {"written members", answer_written_members},
    {"joined baggage", answer_joined_baggage},
    {"continuation", answer_continuation},
    {"organisation", answer_organisation},
    {"rate", answer_rate},
    {"decision", answer_decision},
    {"targets", answer_targets},
    {"url form", answer_url_form},
    {"url parts", answer_url_parts},
    {"credentials", answer_credentials},
    {"dsn", answer_dsn},
};

// Both ends are little-endian.
std::uint32_t take_size(Text& rest) {
  std::uint32_t size = 0;
  if (rest.size() < sizeof(size)) {
    rest = {};
    return 0;
  }
  std::memcpy(&size, rest.data(), sizeof(size));
  rest.remove_prefix(sizeof(size));
  return size;
}

void append_size(std::string& out, std::size_t size) {
  const auto bytes = static_cast<std::uint32_t>(size);
  out.append(reinterpret_cast<const char*>(&bytes), sizeof(bytes));
}

}  // namespace

Family find_family(Text name) {
  for (const NamedFamily& row : kFamilies) {
    if (name == row.name) return row.family;
  }
  return nullptr;
}

std::optional<Text> Question::next() { return done() ? std::nullopt : fields_[next_++]; }

double Question::number() {
  const Text bytes = text();
  double number = 0;
  if (bytes.size() == sizeof(number)) std::memcpy(&number, bytes.data(), sizeof(number));
  return number;
}

std::optional<bool> Question::flag() {
  const std::optional<Text> given = next();
  return given ? std::optional<bool>(*given == "1") : std::nullopt;
}

Answer& Answer::text(Text text) {
  append_size(out_, text.size());
  out_.append(text.data(), text.size());
  return *this;
}

Answer& Answer::nothing() {
  append_size(out_, kNone);
  return *this;
}

Answer& Answer::number(std::optional<double> number) {
  if (!number) return nothing();
  return text({reinterpret_cast<const char*>(&*number), sizeof(*number)});
}

Answer& Answer::flag(std::optional<bool> flag) {
  if (!flag) return nothing();
  return text(*flag ? "1" : "0");
}

Answer& Answer::members(const Members& members) {
  number(static_cast<double>(members.size()));
  for (const Member member : members) text(member.key).text(member.value);
  return *this;
}

std::string answer_batch(Text questions) {
  std::string answers;
  std::vector<std::optional<Text>> fields;
  while (!questions.empty()) {
    fields.clear();
    for (std::uint32_t left = take_size(questions); left > 0; --left) {
      const std::uint32_t size = take_size(questions);
      if (size == kNone) {
        fields.emplace_back();
        continue;
      }
      fields.emplace_back(questions.substr(0, size));
      questions.remove_prefix(fields.back()->size());
    }
    Question in(fields);
    const Family family = find_family(in.text());
    std::string bytes;
    Answer out(bytes);
    if (family != nullptr) family(in, out);
    append_size(answers, bytes.size());
    answers.append(bytes);
  }
  return answers;
}

}  // namespace throughline::fuzz
