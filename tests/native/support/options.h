// Options as a host hands them to an OptionReader.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "throughline/config/option_reader.h"

namespace throughline {

struct ReadOptions : testing::Test {
  static constexpr OptionGroup kClient = OptionGroup::Client;
  static constexpr OptionGroup kTracing = OptionGroup::BrowserTracing;
  static constexpr OptionGroup kTransport = OptionGroup::Transport;

  static OptionValue text(std::string_view content) {
    return {OptionValue::Kind::Text, 0, content};
  }
  static OptionValue number(double value, std::string_view as_text = "a number") {
    return {OptionValue::Kind::Number, value, as_text};
  }
  static OptionValue flag(bool value) {
    return {OptionValue::Kind::Boolean, value ? 1.0 : 0.0, value ? "true" : "false"};
  }
  static OptionValue other(OptionValue::Kind kind) {
    switch (kind) {
      case OptionValue::Kind::Function:
        return {kind, 0, "a function"};
      case OptionValue::Kind::RegExp:
        return {kind, 0, "/x/"};
      case OptionValue::Kind::List:
        return {kind, 0, "a list"};
      default:
        return {kind, 0, "an object"};
    }
  }
  OptionReader::Checked finish() {
    return reader.finish({"sdk", "1.0", "npm:x", "BrowserTracing"});
  }

  OptionReader reader;
};

}  // namespace throughline
