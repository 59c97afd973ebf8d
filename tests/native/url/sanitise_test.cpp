#include "throughline/url/sanitise.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace throughline {
namespace {

void expect_unchanged(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) EXPECT_EQ(filter_credentials(text), text);
}

TEST(FilterCredentials, ReplacesAUserName) {
  EXPECT_EQ(filter_credentials("https://user@a.test/x?y#z"), "https://%filtered%@a.test/x?y#z");
}

TEST(FilterCredentials, ReplacesUserNameAndPassword) {
  EXPECT_EQ(filter_credentials("https://user:pw@a.test:8080/x"),
            "https://%filtered%:%filtered%@a.test:8080/x");
  EXPECT_EQ(filter_credentials("https://:pw@a.test/"), "https://%filtered%:%filtered%@a.test/");
}

TEST(FilterCredentials, GivesTheSameWhenFilteredAgain) {
  const std::string once = filter_credentials("https://user:pw@a.test/x");
  EXPECT_EQ(filter_credentials(once), once);
}

TEST(FilterCredentials, TakesTheLastAtSignBeforeThePath) {
  EXPECT_EQ(filter_credentials("https://us@er:p@w@a.test/x@y"),
            "https://%filtered%:%filtered%@a.test/x@y");
}

TEST(FilterCredentials, FindsThemWithoutAScheme) {
  EXPECT_EQ(filter_credentials("//user@a.test/x"), "//%filtered%@a.test/x");
}

TEST(FilterCredentials, FindsThemBehindAnyNumberOfSlashes) {
  for (const std::string_view start : {"https:", "https:/", "https:///", "https:\\\\", "HTTP:\\/",
                                       "wss://", "ftp://", "///", "\\\\", "/\\"}) {
    const std::string text{start};
    EXPECT_EQ(filter_credentials(text + "user@a.test/"), text + "%filtered%@a.test/");
  }
}

TEST(FilterCredentials, EndsThemAtABackSlashWhereThatIsASlash) {
  expect_unchanged({"https://a.test\\x@y"});
  EXPECT_EQ(filter_credentials("app://us\\er@a/"), "app://%filtered%@a/");
}

TEST(FilterCredentials, FindsThemInOtherSchemes) {
  EXPECT_EQ(filter_credentials("app://user:pw@local/x"), "app://%filtered%:%filtered%@local/x");
}

TEST(FilterCredentials, FindsThemInAUrlWithinAUrl) {
  EXPECT_EQ(filter_credentials("blob:https://user@a.test/1"), "blob:https://%filtered%@a.test/1");
}

TEST(FilterCredentials, SeesThroughWhatAHostStrips) {
  EXPECT_EQ(filter_credentials(" \x01https://user@a.test/"), " \x01https://%filtered%@a.test/");
  EXPECT_EQ(filter_credentials("ht\ntps:/\t/us\rer@a.test/"), "https://%filtered%@a.test/");
}

TEST(FilterCredentials, FindsAPasswordThatMakesTheUrlUnparsable) {
  EXPECT_EQ(filter_credentials("https://user:p/w@a.test/x"),
            "https://%filtered%:%filtered%@a.test/x");
  EXPECT_EQ(filter_credentials("https://user:p?w@a.test/x"),
            "https://%filtered%:%filtered%@a.test/x");
  EXPECT_EQ(filter_credentials("//user:p#w@a.test/"), "//%filtered%:%filtered%@a.test/");
}

TEST(FilterCredentials, LeavesTextsWithoutUserInfoAlone) {
  expect_unchanged({"", "@", "https://a.test/", "https://a.test/@me", "https://a.test?x=a@b",
                    "https://a.test:8080/x@y", "https://[::1]/x@y", "https://[::1]:80/x@y",
                    "https://@a.test/", "ht\ntps://a.test/@"});
}

TEST(FilterCredentials, LeavesRelativeTextsAlone) {
  expect_unchanged({"/users/@me", "users/a@b", "a@b", "?mail=a@b", "#a@b", "./a:b@c"});
}

TEST(FilterCredentials, LeavesSchemesWithoutUserInfoAlone) {
  expect_unchanged({"mailto:a@b.test", "data:text/plain,a@b", "urn:isbn:a@b", "file:///home/a@b/x",
                    "localhost:3000/x@y", "DIV#id.onclick@x"});
}

TEST(WithoutQuery, CutsAtTheFirstQuestionMarkOrHash) {
  EXPECT_EQ(without_query("/a?b#c"), "/a");
  EXPECT_EQ(without_query("/a#b?c"), "/a");
  EXPECT_EQ(without_query("?a"), "");
  EXPECT_EQ(without_query("/a"), "/a");
}

TEST(ShortenDataUrl, KeepsTenCharactersOfTheData) {
  EXPECT_EQ(shorten_data_url("data:text/plain,1234567890"), "data:text/plain,1234567890");
  EXPECT_EQ(shorten_data_url("data:text/plain,12345678901"),
            "data:text/plain,1234567890... [truncated]");
}

TEST(ShortenDataUrl, KeepsTypeAndEncodingOfTheParameters) {
  EXPECT_EQ(shorten_data_url("data:text/html;charset=utf-8,<p>"), "data:text/html,<p>");
  EXPECT_EQ(shorten_data_url("data:image/png;a=b;base64,AAAA"), "data:image/png,base64,AAAA");
}

TEST(ShortenDataUrl, AssumesPlainText) {
  EXPECT_EQ(shorten_data_url("data:,x"), "data:text/plain,x");
  EXPECT_EQ(shorten_data_url("data:;base64,eA=="), "data:text/plain,base64,eA==");
  EXPECT_EQ(shorten_data_url("data:"), "data:text/plain");
}

TEST(ShortenDataUrl, HasNoCommaBeforeNothing) {
  EXPECT_EQ(shorten_data_url("data:text/css,"), "data:text/css");
  EXPECT_EQ(shorten_data_url("data:text/css"), "data:text/css");
}

TEST(ShortenDataUrl, CountsCharactersAsHostsDo) {
  EXPECT_EQ(shorten_data_url("data:,123456789\xC3\xA4"), "data:text/plain,123456789\xC3\xA4");
  EXPECT_EQ(shorten_data_url("data:,123456789\xC3\xA4!"),
            "data:text/plain,123456789\xC3\xA4... [truncated]");
  // Two UTF-16 code units: no room for the second one.
  EXPECT_EQ(shorten_data_url("data:,123456789\xF0\x9F\x98\x80"),
            "data:text/plain,123456789... [truncated]");
}

TEST(ShortenDataUrl, LeavesOtherTextsAlone) {
  EXPECT_EQ(shorten_data_url("DATA:text/plain,12345678901"), "DATA:text/plain,12345678901");
  EXPECT_EQ(shorten_data_url("https://a.test/data:"), "https://a.test/data:");
}

}  // namespace
}  // namespace throughline
