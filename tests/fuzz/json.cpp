// Texts and numbers in payloads: what is written is JSON for another reader, which finds the text
// with its ill-formed parts replaced, and the number to six decimals.
#include "throughline/base/json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/text_ops.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const double number = input.number();
  const HeapText key = input.text();
  const HeapText text = input.rest();
  String written;
  {
    JsonWriter json(written);
    json.open_object();
    json.key(key).open_array();
    json.value(text).value(number).value(true).open_object().close_object().close_array();
    json.member("last", text);
    json.close_object();
  }
  const HeapText line{Text{written}};
  check(is_utf8(line), "JSON is UTF-8");
  for (const char c : Text{line}) {
    check(static_cast<unsigned char>(c) >= ' ', "control characters are escaped");
  }
  const auto read = nlohmann::json::parse(line.data(), line.data() + line.size(), nullptr, false);
  check(read.is_object(), "what is written is JSON");

  const std::string name = well_formed_utf8(key);
  const std::string content = well_formed_utf8(text);
  check(read.contains("last") && read["last"] == content, "a member has its text");
  if (name == "last") return 0;
  check(read.contains(name) && read[name].is_array() && read[name].size() == 4, "its key is there");
  check(read[name][0] == content, "the text is there");
  const auto& value = read[name][1];
  if (!std::isfinite(number)) {
    check(value.is_null(), "what is no number is null");
  } else if (std::fabs(number) < 1e9) {
    check(value.is_number() && std::fabs(value.get<double>() - number) < 1e-6,
          "a number has six decimals");
  } else {
    check(value.is_number(), "a number is one");
  }
  return 0;
}
