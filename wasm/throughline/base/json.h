// The only door to nlohmann/json. Payloads are written member by member, so that ready JSON
// text of the host can stand between values of ours (design.md decisions 4 and 14); the library
// does keys and values: escaping, replacement of ill-formed UTF-8, numbers.
//
// Numbers have at most six decimals, whole ones none: right for timestamps, lossy below 1e-6.
// What they cannot hold is handed in as ready text by whoever has it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "throughline/id/ids.h"

namespace throughline {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive the writer. Views handed in may not lie in `out`.
  explicit JsonWriter(std::string& out);
  ~JsonWriter();

  JsonWriter& open_object();
  JsonWriter& close_object();
  JsonWriter& open_array();
  JsonWriter& close_array();
  JsonWriter& key(std::string_view key);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(double number);
  JsonWriter& value(bool boolean);
  // One complete JSON value, written by somebody else.
  JsonWriter& raw(std::string_view json);
  // The hex text of an id.
  template <std::size_t N, typename Tag>
  JsonWriter& value(const Id<N, Tag>& id) {
    return value(std::string_view{to_hex(id)});
  }
  // A literal would otherwise be taken for a bool.
  JsonWriter& value(const char* text) { return value(std::string_view{text}); }

  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    key(name);
    return value(content);
  }
  // Left out when empty.
  JsonWriter& text_if_any(std::string_view name, std::string_view text) {
    return text.empty() ? *this : member(name, text);
  }

 private:
  struct Serializer;
  void separate();

  std::string& out_;
  std::unique_ptr<Serializer> serializer_;
};

}  // namespace throughline
