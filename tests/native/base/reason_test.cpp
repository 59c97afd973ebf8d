#include "throughline/base/reason.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

TEST(ReasonName, IsTheNameOnTheOutside) {
  EXPECT_EQ(reason_name(Reason::SameOrigin), "same-origin");
  EXPECT_EQ(reason_name(Reason::StillOnStartUrl), "still-on-start-url");
}

TEST(ReasonName, IsEmptyForANumberThatNamesNothing) {
  EXPECT_EQ(reason_name(Reason::None), "");
  EXPECT_EQ(reason_name(static_cast<Reason>(999)), "");
}

}  // namespace
}  // namespace throughline
