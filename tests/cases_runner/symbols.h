// Comparison with results that name generated values by symbols.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cases_runner/families.h"

namespace throughline::cases {

// A text that starts with "$" stands for a value: the same one wherever the symbol occurs.
class Symbols {
 public:
  void bind(const std::string& symbol, std::string_view value) { values_[symbol] = value; }
  void forget(const std::string& symbol) { values_.erase(symbol); }

  // Whether `got` is what `expected` says: each listed member, as many entries, numbers to a
  // millionth. Members that are not listed may be there, but not in data, attributes and trace.
  // `where` becomes the place of the difference.
  bool match(const Json& expected, const Json& got, std::string& where);

 private:
  bool match_object(const Json& expected, const Json& got, std::string& where);
  bool match_text(const std::string& expected, const Json& got);

  std::map<std::string, std::string> values_;
};

}  // namespace throughline::cases
