#include "throughline/url/parts.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

bool same(std::string_view a, std::string_view b) {
  const bool forth = same_origin(split_url(a), split_url(b));
  EXPECT_EQ(same_origin(split_url(b), split_url(a)), forth) << a << ' ' << b;
  return forth;
}

TEST(SplitUrl, FindsAllPartsOfAnHttpUrl) {
  const UrlParts parts = split_url("https://user:pw@example.com:8080/a/b?q=1#top");
  EXPECT_EQ(parts.scheme, "https");
  EXPECT_EQ(parts.userinfo, "user:pw");
  EXPECT_EQ(parts.host, "example.com:8080");
  EXPECT_EQ(parts.path, "/a/b");
  EXPECT_EQ(parts.query, "?q=1");
  EXPECT_EQ(parts.fragment, "#top");
  EXPECT_EQ(parts.origin, "");
}

TEST(SplitUrl, GivesTheOriginAsTextWhereThereIsNoUserInfo) {
  EXPECT_EQ(split_url("https://example.com:8080/a").origin, "https://example.com:8080");
  EXPECT_EQ(split_url("http://[::1]:3000/").origin, "http://[::1]:3000");
  EXPECT_EQ(split_url("wss://example.com/").origin, "wss://example.com");
}

TEST(SplitUrl, TakesQueryAndFragmentAsTheHostDoes) {
  EXPECT_EQ(split_url("https://a.test/?#").query, "");
  EXPECT_EQ(split_url("https://a.test/?#").fragment, "");
  EXPECT_EQ(split_url("https://a.test/#?x").query, "");
  EXPECT_EQ(split_url("https://a.test/#?x").fragment, "#?x");
  EXPECT_EQ(split_url("https://a.test/?a#b#c?d").fragment, "#b#c?d");
}

TEST(SplitUrl, LooksForUserInfoBeforeThePathOnly) {
  const UrlParts parts = split_url("https://a.test/@b?c@d#e@f");
  EXPECT_EQ(parts.userinfo, "");
  EXPECT_EQ(parts.host, "a.test");
  EXPECT_EQ(parts.path, "/@b");
}

TEST(SplitUrl, KnowsNoHostOfAnOpaquePath) {
  const UrlParts parts = split_url("data:text/plain,a//b?c#d");
  EXPECT_EQ(parts.scheme, "data");
  EXPECT_EQ(parts.host, "");
  EXPECT_EQ(parts.path, "text/plain,a//b");
  EXPECT_EQ(parts.query, "?c");
  EXPECT_TRUE(parts.is_opaque());
}

TEST(SplitUrl, GivesABlobTheOriginOfItsUrl) {
  const UrlParts parts = split_url("blob:https://example.com:8080/0a1b?x#y");
  EXPECT_EQ(parts.host, "");
  EXPECT_EQ(parts.path, "https://example.com:8080/0a1b");
  EXPECT_EQ(parts.origin, "https://example.com:8080");
}

TEST(SplitUrl, GivesNoOriginToABlobOfAnythingElse) {
  EXPECT_TRUE(split_url("blob:null/0a1b").is_opaque());
  EXPECT_TRUE(split_url("blob:file:///x").is_opaque());
  EXPECT_TRUE(split_url("blob:httpx://a.test/x").is_opaque());
  EXPECT_TRUE(split_url("blob:blob:https://a.test/x").is_opaque());
}

TEST(SplitUrl, GivesAFileNoOrigin) {
  EXPECT_TRUE(split_url("file:///C:/a").is_opaque());
  EXPECT_TRUE(split_url("file://server/a").is_opaque());
  EXPECT_EQ(split_url("file://server/a").host, "server");
}

TEST(SplitUrl, FindsNothingInATextThatIsNoUrl) {
  EXPECT_EQ(split_url("").scheme, "");
  EXPECT_EQ(split_url("/a?b#c").path, "");
  EXPECT_TRUE(split_url("").is_opaque());
}

TEST(SameOrigin, ComparesSchemeHostAndPort) {
  EXPECT_TRUE(same("https://a.test/x", "https://a.test/y?z"));
  EXPECT_FALSE(same("https://a.test/", "http://a.test/"));
  EXPECT_FALSE(same("https://a.test/", "https://a.test:8443/"));
  EXPECT_FALSE(same("https://a.test/", "https://b.a.test/"));
  EXPECT_FALSE(same("https://a.test/", "https://a.test.evil.test/"));
}

TEST(SameOrigin, DoesNotLookAtUserInfo) {
  EXPECT_TRUE(same("https://user:pw@a.test/", "https://a.test/"));
  EXPECT_TRUE(same("https://user@a.test/", "https://other@a.test/"));
  EXPECT_FALSE(same("https://a.test@b.test/", "https://a.test/"));
}

TEST(SameOrigin, LooksIntoABlob) {
  EXPECT_TRUE(same("blob:https://a.test/1", "https://a.test/"));
  EXPECT_TRUE(same("blob:https://a.test/1", "https://user@a.test/"));
  EXPECT_TRUE(same("blob:https://a.test/1", "blob:https://a.test/2"));
  EXPECT_FALSE(same("blob:https://b.test/1", "https://a.test/"));
}

TEST(SameOrigin, HoldsForTwoOpaqueOnesOnly) {
  EXPECT_TRUE(same("file:///a", "data:,x"));
  EXPECT_FALSE(same("data:,x", "https://a.test/"));
  EXPECT_FALSE(same("data:,x", "https://user@a.test/"));
  EXPECT_FALSE(same("about:blank", "https://a.test/"));
}

}  // namespace
}  // namespace throughline
