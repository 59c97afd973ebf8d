#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/options.h"

// Lists of targets: their entries, and which of up to four lists counts.
namespace throughline {
namespace {

struct TargetOptions : ReadOptions {
  void list(OptionGroup group, std::string_view key, const std::vector<OptionValue>& entries) {
    EXPECT_EQ(reader.read(group, key, other(OptionValue::Kind::List)), "");
    for (const OptionValue& entry : entries) reader.read_target(group, key, entry);
  }
  // The list that counts: texts, "*" for an entry of the host; "none" if no list was given.
  std::string targets() {
    const OptionReader::Checked checked = finish();
    target_list = checked.target_list;
    const auto& patterns = checked.settings.client.trace_propagation_targets;
    if (!patterns) return "none";
    std::string all;
    for (const Pattern& pattern : *patterns) {
      all.append(pattern.host_side ? std::string_view{"*"} : pattern.text).append(" ");
    }
    return all;
  }
  int target_list = 0;
};

constexpr const char* kTargets = "tracePropagationTargets";
constexpr const char* kOrigins = "tracingOrigins";

TEST_F(TargetOptions, AreNotThereUnlessGiven) {
  EXPECT_EQ(targets(), "none");
  EXPECT_EQ(target_list, -1);
}

TEST_F(TargetOptions, KeepTheirOrder) {
  list(kClient, kTargets, {text("a"), text("b"), text("")});
  EXPECT_EQ(targets(), "a b  ");
}

TEST_F(TargetOptions, MayBeEmpty) {
  list(kClient, kTargets, {});
  EXPECT_EQ(targets(), "");
}

TEST_F(TargetOptions, LeaveRegExpsAndFunctionsToTheHost) {
  list(kClient, kTargets,
       {other(OptionValue::Kind::RegExp), text("a"), other(OptionValue::Kind::Function)});
  EXPECT_EQ(targets(), "* a * ");
}

TEST_F(TargetOptions, KeepThePlaceOfAnEntryThatIsNotUsable) {
  list(kClient, kTargets, {text("a"), number(5), text("b")});
  EXPECT_EQ(targets(), "a * b ");
}

TEST_F(TargetOptions, TellOfAnEntryThatIsNotUsable) {
  reader.read(kClient, kTargets, other(OptionValue::Kind::List));
  EXPECT_EQ(reader.read_target(kClient, kTargets, number(5, "5")),
            "options.tracePropagationTargets: expected a list of strings, RegExps or functions, "
            "got 5; this entry is left out");
}

TEST_F(TargetOptions, TakeASingleValueForAListOfOne) {
  EXPECT_EQ(reader.read(kClient, kTargets, text("a")),
            "options.tracePropagationTargets: expected a list of strings, RegExps or functions, "
            "got \"a\"; taken as a list of one");
  EXPECT_EQ(targets(), "a ");
}

TEST_F(TargetOptions, TakeASingleRegExpForAListOfOne) {
  reader.read(kClient, kTargets, other(OptionValue::Kind::RegExp));
  EXPECT_EQ(targets(), "* ");
}

TEST_F(TargetOptions, AreNotThereWhenTheirValueIsNotUsable) {
  EXPECT_EQ(reader.read(kClient, kTargets, flag(true)),
            "options.tracePropagationTargets: expected a list of strings, RegExps or functions, "
            "got true; as if it were not set");
  EXPECT_EQ(targets(), "none");
}

TEST_F(TargetOptions, HaveAnEarlierName) {
  list(kClient, kOrigins, {text("a")});
  EXPECT_EQ(targets(), "a ");
  EXPECT_EQ(target_list, 1);
}

TEST_F(TargetOptions, PreferTheNewNameWhateverTheOrder) {
  list(kClient, kTargets, {text("new")});
  list(kClient, kOrigins, {text("old")});
  EXPECT_EQ(targets(), "new ");
  list(kClient, kOrigins, {text("old")});
  list(kClient, kTargets, {text("new")});
  EXPECT_EQ(targets(), "new ");
  EXPECT_EQ(target_list, 0);
}

TEST_F(TargetOptions, MayStandInTheIntegration) {
  list(kTracing, kTargets, {text("a")});
  EXPECT_EQ(targets(), "a ");
  EXPECT_EQ(target_list, 2);
  list(kTracing, kOrigins, {text("b")});
  EXPECT_EQ(targets(), "b ");
  EXPECT_EQ(target_list, 3);
}

TEST_F(TargetOptions, OfTheClientWinOverThoseOfTheIntegration) {
  list(kClient, kOrigins, {text("client")});
  list(kTracing, kTargets, {text("integration")});
  EXPECT_EQ(targets(), "client ");
}

TEST_F(TargetOptions, CountWhenThoseThatWouldWinAreNotUsable) {
  reader.read(kClient, kTargets, flag(true));
  list(kTracing, kTargets, {text("integration")});
  EXPECT_EQ(targets(), "integration ");
}

TEST_F(TargetOptions, CountWhenTheyAreEmptyAndWouldWin) {
  list(kClient, kTargets, {});
  list(kTracing, kTargets, {text("integration")});
  EXPECT_EQ(targets(), "");
}

// A later single value used to be added to the list before.
TEST_F(TargetOptions, GivenTwiceAreTheLaterOnes) {
  list(kTracing, kTargets, {text("first")});
  list(kTracing, kTargets, {text("second")});
  EXPECT_EQ(targets(), "second ");
  list(kTracing, kTargets, {text("first")});
  reader.read(kTracing, kTargets, text("second"));
  EXPECT_EQ(targets(), "second ");
}

TEST_F(TargetOptions, AreNotThereWhenTheLaterOnesAreNotUsable) {
  list(kTracing, kTargets, {text("first")});
  reader.read(kTracing, kTargets, flag(true));
  EXPECT_EQ(targets(), "none");
}

}  // namespace
}  // namespace throughline
