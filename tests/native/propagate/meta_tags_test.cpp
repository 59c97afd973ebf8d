#include "throughline/propagate/meta_tags.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

TEST(MetaTags, StandOnALineEachInTheOrderOfTheHeaders) {
  EXPECT_EQ(meta_tags("t", "b", "p"),
            "<meta name=\"sentry-trace\" content=\"t\"/>\n"
            "<meta name=\"baggage\" content=\"b\"/>\n"
            "<meta name=\"traceparent\" content=\"p\"/>");
}

// Delta: the peer writes `content="undefined"` (server.md section 7).
TEST(MetaTags, LeaveOutWhatHasNoValue) {
  EXPECT_EQ(meta_tags("t", "", ""), "<meta name=\"sentry-trace\" content=\"t\"/>");
  EXPECT_EQ(meta_tags("", "", ""), "");
}

// Delta: the peer writes values as they are (server.md section 7).
TEST(MetaTags, EscapeValuesForHtml) {
  EXPECT_EQ(meta_tags("", "a=\"<&>", ""),
            "<meta name=\"baggage\" content=\"a=&quot;&lt;&amp;&gt;\"/>");
}

}  // namespace
}  // namespace throughline
