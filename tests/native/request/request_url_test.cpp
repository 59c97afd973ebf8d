#include "throughline/request/request_url.h"

#include <gtest/gtest.h>

namespace throughline {
namespace {

RequestUrl fetched(std::string_view url, std::string_view resolved) {
  return {url, resolved, false};
}
RequestUrl by_xhr(std::string_view url, std::string_view resolved) { return {url, resolved, true}; }

TEST(RequestUrl, NamesAFetchOfARelativeUrlByItsPath) {
  EXPECT_EQ(fetched("/x?y", "https://a.test/x?y").name_target(), "/x");
  EXPECT_EQ(fetched("../x", "https://a.test/b/x").name_target(), "/b/x");
  EXPECT_EQ(fetched("", "https://a.test/b?c").name_target(), "/b");
  EXPECT_EQ(fetched("https", "https://a.test/https").name_target(), "/https");
}

TEST(RequestUrl, NamesAFetchOfAnAbsoluteUrlWithoutItsQuery) {
  EXPECT_EQ(fetched("HTTPS://A.test/x?y#z", "https://a.test/x?y#z").name_target(),
            "https://a.test/x");
  EXPECT_EQ(fetched(" ht\ntps://a.test", "https://a.test/").name_target(), "https://a.test/");
}

TEST(RequestUrl, TakesASchemeWithoutHostForARelativeUrl) {
  EXPECT_EQ(fetched("https:?x", "https://a.test/b?x").name_target(), "/b");
  EXPECT_EQ(fetched("https:/", "https://a.test/").name_target(), "/");
}

TEST(RequestUrl, LeavesPortsOutThatAreDefaultsOfAnyScheme) {
  EXPECT_EQ(fetched("https://a.test:80/x", "https://a.test:80/x").name_target(),
            "https://a.test/x");
  EXPECT_EQ(fetched("http://a.test:443/x?y", "http://a.test:443/x?y").name_target(),
            "http://a.test/x");
  EXPECT_EQ(fetched("http://u@a.test:443/:443", "http://u@a.test:443/:443").name_target(),
            "http://%filtered%@a.test/:443");
  EXPECT_EQ(fetched("http://a.test:8080/", "http://a.test:8080/").name_target(),
            "http://a.test:8080/");
}

TEST(RequestUrl, NamesASchemeRelativeFetchAsWritten) {
  EXPECT_EQ(fetched("//u:p@a.test/x?y#z", "https://u:p@a.test/x?y#z").name_target(),
            "//%filtered%:%filtered%@a.test/x");
}

TEST(RequestUrl, NamesAnXhrAsWritten) {
  EXPECT_EQ(by_xhr("items/1?x", "https://a.test/items/1?x").name_target(), "items/1");
  EXPECT_EQ(by_xhr("HTTPS://A.test:443?x", "https://a.test/?x").name_target(),
            "HTTPS://A.test:443");
  EXPECT_EQ(by_xhr("https://u@a.test/#x", "https://u@a.test/#x").name_target(),
            "https://%filtered%@a.test/");
}

TEST(RequestUrl, SaysNothingButTheTextOfAUrlThatCannotBeParsed) {
  const RequestUrl url = fetched("http://u:p@[bad?x#y", "");
  EXPECT_EQ(url.name_target(), "http://%filtered%:%filtered%@[bad");
  EXPECT_EQ(url.raw(), "http://%filtered%:%filtered%@[bad?x#y");
  EXPECT_EQ(url.full(), "");
  EXPECT_EQ(url.parts().host, "");
  EXPECT_EQ(url.parts().query, "");
  EXPECT_EQ(url.parts().fragment, "");
}

TEST(RequestUrl, HidesAPasswordWithAQuestionMarkInTheName) {
  EXPECT_EQ(fetched("https://u:p?w@a.test/x", "").name_target(),
            "https://%filtered%:%filtered%@a.test/x");
}

TEST(RequestUrl, FiltersCredentialsEverywhere) {
  const RequestUrl url = fetched("https://u:p@a.test:8443/x", "https://u:p@a.test:8443/x");
  EXPECT_EQ(url.raw(), "https://%filtered%:%filtered%@a.test:8443/x");
  EXPECT_EQ(url.full(), "https://%filtered%:%filtered%@a.test:8443/x");
  EXPECT_EQ(url.parts().host, "a.test:8443");
}

TEST(RequestUrl, SpellsQueryAndFragmentAsResolved) {
  const RequestUrl url = fetched("/x?a b#c d", "https://a.test/x?a%20b#c%20d");
  EXPECT_EQ(url.parts().query, "?a%20b");
  EXPECT_EQ(url.parts().fragment, "#c%20d");
}

TEST(RequestUrl, LeavesOutWhatAFetchInheritsFromThePage) {
  EXPECT_EQ(fetched("", "https://a.test/x?y").parts().query, "");
  EXPECT_EQ(fetched("#z?", "https://a.test/x?y#z?").parts().query, "");
  EXPECT_EQ(fetched("#z?", "https://a.test/x?y#z?").parts().fragment, "#z?");
  EXPECT_EQ(by_xhr("", "https://a.test/x?y").parts().query, "?y");
}

TEST(RequestUrl, HasNoQueryForALoneQuestionMark) {
  EXPECT_EQ(fetched("/x?", "https://a.test/x?").parts().query, "");
}

TEST(RequestUrl, ShortensDataUrls) {
  const RequestUrl url = fetched("data:,12345678901?x#y", "data:,12345678901?x#y");
  EXPECT_EQ(url.name_target(), "data:text/plain,1234567890... [truncated]");
  EXPECT_EQ(url.raw(), "data:text/plain,1234567890... [truncated]");
  EXPECT_EQ(url.full(), "data:text/plain,1234567890... [truncated]");
  EXPECT_EQ(url.parts().host, "");
}

// What follows a "?" in an image is data too.
TEST(RequestUrl, HasNoQueryOrFragmentOfADataUrl) {
  const RequestUrl url = by_xhr("data:,12345678901?x#y", "data:,12345678901?x#y");
  EXPECT_EQ(url.parts().query, "");
  EXPECT_EQ(url.parts().fragment, "");
}

TEST(RequestUrl, ShortensADataUrlOfAnotherSpellingOnceResolved) {
  const RequestUrl url = fetched("DATA:,12345678901", "data:,12345678901");
  EXPECT_EQ(url.name_target(), "data:text/plain,1234567890... [truncated]");
  EXPECT_EQ(url.full(), "data:text/plain,1234567890... [truncated]");
}

TEST(RequestUrl, KnowsNoServerOfABlob) {
  const RequestUrl url = fetched("blob:https://a.test/1", "blob:https://a.test/1");
  EXPECT_EQ(url.name_target(), "blob:https://a.test/1");
  EXPECT_EQ(url.parts().host, "");
}

TEST(IsDeliveryXhr, IsAPostWithAKeyInItsUrl) {
  EXPECT_TRUE(is_delivery_xhr("POST", "https://o1.test/api/1/envelope/?sentry_key=abc"));
  EXPECT_TRUE(is_delivery_xhr("POST", "https://a.test/?a=sentry_key"));
  EXPECT_FALSE(is_delivery_xhr("GET", "https://a.test/?sentry_key=abc"));
  EXPECT_FALSE(is_delivery_xhr("POST", "https://a.test/?key=abc"));
}

}  // namespace
}  // namespace throughline
