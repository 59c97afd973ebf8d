#include "throughline/base/json.h"

#include <cmath>
#include <cstdint>

// Nothing of ours parses, throws or streams JSON here (spec/wasm.md section 3).
#define JSON_NO_IO 1
// Opens the serialiser's own function for texts: its entry for whole documents
// would bring arrays, objects and binaries along (1.3 KB brotli).
#define JSON_TESTS_PRIVATE 1
#define JSON_USE_IMPLICIT_CONVERSIONS 0
#define JSON_USE_GLOBAL_UDLS 0
#define JSON_DISABLE_ENUM_SERIALIZATION 1
#define JSON_THROW_USER(exception) __builtin_trap()
#define JSON_TRY_USER if (true)
#define JSON_CATCH_USER(exception) if (false)
#define JSON_INTERNAL_CATCH_USER(exception) if (false)
#include <nlohmann/json.hpp>

#include "throughline/base/text_ops.h"

namespace throughline {
namespace {

// Strings are views: nothing is copied into a document only to be written out of it.
struct TextView : std::string_view {
  using std::string_view::string_view;
  TextView(Text text) : std::string_view(text.data(), text.size()) {}
  // What the library asks of a string for indentation, which we never use.
  TextView(std::size_t, char) {}
  void resize(std::size_t, char) {}
  const char* c_str() const { return data(); }
};

using Value = nlohmann::basic_json<nlohmann::ordered_map, std::vector, TextView, bool, std::int32_t,
                                   std::uint32_t, double>;

// Fixed point with up to six decimals: the library's Grisu2 and its table weigh 1.8 KB brotli.
void append_number(String& out, double value) {
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  // Above this no double has decimals, and beyond 2^64 there is nothing of ours to write.
  constexpr double kLargest = 18446744073709549568.0;
  if (value > kLargest) value = kLargest;
  std::uint64_t whole = static_cast<std::uint64_t>(value);
  std::uint32_t millionths =
      static_cast<std::uint32_t>((value - static_cast<double>(whole)) * 1e6 + 0.5);
  if (millionths >= 1000000) {
    millionths = 0;
    ++whole;
  }
  append_unsigned(out, whole);
  if (millionths == 0) return;
  out.push_back('.');
  for (std::uint32_t unit = 100000; millionths != 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + millionths / unit));
    millionths %= unit;
  }
}

class Appender final : public nlohmann::detail::output_adapter_protocol<char> {
 public:
  explicit Appender(String& out) : out_(out) {}
  void write_character(char c) override { out_.push_back(c); }
  void write_characters(const char* text, std::size_t size) override {
    out_.append(Text{text, size});
  }

 private:
  String& out_;
};

}  // namespace

struct JsonWriter::Serializer {
  explicit Serializer(String& out)
      : appender(out),
        // An aliasing pointer without an owner: the appender is ours.
        library(std::shared_ptr<nlohmann::detail::output_adapter_protocol<char>>(
                    std::shared_ptr<void>(), &appender),
                ' ', nlohmann::detail::error_handler_t::replace) {}

  Appender appender;
  nlohmann::detail::serializer<Value> library;
};

JsonWriter::JsonWriter(String& out) : out_(out), serializer_(std::make_unique<Serializer>(out)) {}

JsonWriter::~JsonWriter() = default;

// A value follows a comma unless something was just opened: no value ends in these characters.
void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':' && last != '\n') out_.push_back(',');
}

JsonWriter& JsonWriter::raw(Text json) {
  separate();
  out_.append(json);
  return *this;
}

JsonWriter& JsonWriter::open_object() { return raw("{"); }
JsonWriter& JsonWriter::open_array() { return raw("["); }

JsonWriter& JsonWriter::close_object() {
  out_.push_back('}');
  return *this;
}

JsonWriter& JsonWriter::close_array() {
  out_.push_back(']');
  return *this;
}

JsonWriter& JsonWriter::key(Text key) {
  value(key);
  out_.push_back(':');
  return *this;
}

JsonWriter& JsonWriter::value(Text text) {
  raw("\"");
  serializer_->library.dump_escaped(TextView(text), false);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  if (std::isfinite(number)) {
    append_number(out_, number);
  } else {
    out_.append("null");
  }
  return *this;
}

JsonWriter& JsonWriter::hex(const std::uint8_t* bytes, std::size_t size) {
  raw("\"");
  append_hex(out_, bytes, size);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::member(const char* name, Text text) { return key(name).value(text); }

JsonWriter& JsonWriter::member(const char* name, const char* text) {
  return key(name).value(Text{text});
}

JsonWriter& JsonWriter::member(const char* name, double number) { return key(name).value(number); }

JsonWriter& JsonWriter::object(const char* name) { return key(name).open_object(); }

JsonWriter& JsonWriter::array(const char* name) { return key(name).open_array(); }

JsonWriter& JsonWriter::text_if_any(const char* name, Text text) {
  return text.empty() ? *this : member(name, text);
}

JsonWriter& JsonWriter::value(bool boolean) { return raw(boolean ? "true" : "false"); }

}  // namespace throughline
