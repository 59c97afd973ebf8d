// Every case of tests/cases, one test each.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cases_runner/families.h"
#include "cases_runner/run_case.h"
#include "cases_runner/values.h"

namespace throughline::cases {
namespace {

struct FileCase {
  std::string kind;
  std::string id;
  std::string text;
};

// Failing to read a file makes a case that fails.
std::vector<FileCase> read_cases() {
  std::vector<FileCase> cases;
  for (const auto& entry : std::filesystem::directory_iterator(THROUGHLINE_CASES_DIR)) {
    if (entry.path().extension() != ".json") continue;
    const std::string kind = entry.path().stem();
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const Json table = Json::parse(text, nullptr, false);
    const Json& rows = member(table, "cases");
    if (!rows.is_array()) cases.push_back({kind, "unreadable", {}});
    for (const Json& row : rows) cases.push_back({kind, text_of(member(row, "id")), row.dump()});
  }
  return cases;
}

// GoogleTest allows no other characters.
std::string test_name(const testing::TestParamInfo<FileCase>& info) {
  std::string name = info.param.kind + "_" + info.param.id;
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
}

class Cases : public testing::TestWithParam<FileCase> {};

TEST_P(Cases, GiveTheRequiredResult) {
  const Json answer = Json::parse(run(GetParam().kind, GetParam().text), nullptr, false);
  const std::string verdict = text_of(member(answer, "verdict"));
  const std::string detail = text_of(member(answer, "detail"));
  if (verdict == "skip") GTEST_SKIP() << detail;
  EXPECT_EQ(verdict, "pass") << detail;
}

INSTANTIATE_TEST_SUITE_P(Tables, Cases, testing::ValuesIn(read_cases()), test_name);

// A printed parameter would be the whole case.
void PrintTo(const FileCase& file_case, std::ostream* out) {
  *out << file_case.kind << '/' << file_case.id;
}

}  // namespace
}  // namespace throughline::cases
