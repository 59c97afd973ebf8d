#include "throughline/url/normal_form.h"

#include <gtest/gtest.h>

#include <string>

namespace throughline {
namespace {

void expect_form(UrlForm form, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) EXPECT_EQ(url_form(text), form) << text;
}

TEST(UrlForm, ResolvesAPathBehindOneSlash) {
  expect_form(UrlForm::Path, {"/", "/api/users", "/api/users?id=1#top", "/a//b", "/a/", "/@me"});
}

TEST(UrlForm, AsksForWhatIsRelativeToTheDirectoryOrTheDocument) {
  expect_form(UrlForm::Ask, {"", "api", "./x", "../x", "?q=1", "#top"});
}

TEST(UrlForm, AsksForAnotherHostBehindTwoSlashes) {
  expect_form(UrlForm::Ask, {"//", "//cdn.test/x", "/\\cdn.test/x", "\\\\cdn.test/x"});
}

TEST(UrlForm, LeavesAnAbsoluteUrlOfSimpleHostAlone) {
  expect_form(UrlForm::Absolute, {"https://api.example.com/", "http://localhost/x?y#z",
                                  "https://a-b.c0m/x", "https://1.a/", "https://-/"});
}

TEST(UrlForm, AsksForOtherSchemesAndOtherSpellings) {
  expect_form(UrlForm::Ask,
              {"HTTPS://a.test/", "https:/a.test/", "https:a", "ftp://a.test/", "ws://a.test/",
               "httpx://a.test/", "http", "https", "https:", "https://", "data:,x", "blob:x"});
}

TEST(UrlForm, AsksForAHostThatMayBeSerialisedDifferently) {
  expect_form(
      UrlForm::Ask,
      {"https://API.example.com/", "https://a_b.test/", "https://m\xC3\xBCnchen.test/",
       "https://xn--mnchen-3ya.test/", "https://a.xn--p1ai/", "https://a..b/", "https://.a/",
       "https://a./", "https://user@a.test/", "https://[::1]/", "https://a%41/", "https:///x"});
}

TEST(UrlForm, AsksForAHostThatMayBeAnAddress) {
  expect_form(UrlForm::Ask, {"https://127.0.0.1/", "https://a.1/", "https://0x7f/", "https://1a/"});
}

TEST(UrlForm, AsksForAUrlWithoutAPath) {
  expect_form(UrlForm::Ask,
              {"https://a.test", "https://a.test?x", "https://a.test#x", "https://a.test:8080"});
}

TEST(UrlForm, LeavesAPortAloneThatIsNotTheDefault) {
  expect_form(UrlForm::Absolute, {"https://a.test:8443/", "https://a.test:80/",
                                  "http://a.test:443/", "http://a.test:65535/x"});
}

TEST(UrlForm, AsksForAPortThatIsDroppedShortenedOrRefused) {
  expect_form(UrlForm::Ask,
              {"https://a.test:443/", "http://a.test:80/", "https://a.test:/", "https://a.test:0/",
               "https://a.test:08080/", "https://a.test:65536/", "https://a.test:99999999999999/",
               "https://a.test:4294967297/", "https://a.test:8a/", "https://a.test:-1/"});
}

TEST(UrlForm, AsksForDotSegments) {
  expect_form(UrlForm::Ask, {"/.", "/..", "/./a", "/a/../b", "/a/..", "/a/.?x", "/a/..#x",
                             "https://a.test/..", "https://a.test/a/./b"});
}

TEST(UrlForm, AsksForEncodedDotsInAPath) {
  expect_form(UrlForm::Ask, {"/%2e", "/%2E%2e/x", "/.%2e", "/%2e./x", "/a%2eb"});
}

TEST(UrlForm, TakesDotsForWhatTheyAreElsewhere) {
  expect_form(UrlForm::Path,
              {"/...", "/.a", "/a.", "/..a/b", "/a?x=/../y", "/a#/..", "/a?%2e", "/%2", "/%"});
}

TEST(UrlForm, AsksForCharactersThatAHostEncodesInAPath) {
  for (const char c : std::string_view{"\"<>\\^`{|} \t\n\r\x7F\x01\x80\xFF"}) {
    EXPECT_EQ(url_form(std::string{"/a"} + c), UrlForm::Ask) << static_cast<int>(c);
    EXPECT_EQ(url_form(std::string{"https://a.test/"} + c + "b"), UrlForm::Ask);
  }
  EXPECT_EQ(url_form("/!$%&'()*+,-./0:;=@A[]_a~"), UrlForm::Path);
}

TEST(UrlForm, AsksForCharactersThatAHostEncodesInAQuery) {
  for (const char c : std::string_view{"\"'<> \t\n\r\x7F\x01\x80\xFF"}) {
    EXPECT_EQ(url_form(std::string{"/a?"} + c), UrlForm::Ask) << static_cast<int>(c);
  }
  EXPECT_EQ(url_form("/a?!$%&()*+,-./0:;=?@A[\\]^_`a{|}~"), UrlForm::Path);
}

TEST(UrlForm, AsksForCharactersThatAHostEncodesInAFragment) {
  for (const char c : std::string_view{"\"<>` \t\n\r\x7F\x01\x80\xFF"}) {
    EXPECT_EQ(url_form(std::string{"/a?b#"} + c), UrlForm::Ask) << static_cast<int>(c);
  }
  EXPECT_EQ(url_form("/a#!#$%&'()*+,-./0:;=?@A[\\]^_a{|}~"), UrlForm::Path);
}

TEST(UrlForm, AsksForANulCharacter) {
  expect_form(UrlForm::Ask, {std::string_view{"/a\0b", 4}, std::string_view{"/a?\0", 4},
                             std::string_view{"https://a\0/", 11}});
}

}  // namespace
}  // namespace throughline
