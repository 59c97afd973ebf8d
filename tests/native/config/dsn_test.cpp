#include "throughline/config/dsn.h"

#include <gtest/gtest.h>

// Rows about single DSNs stand in tests/cases/dsn.json.
namespace throughline {
namespace {

Dsn dsn(std::string_view text) {
  const Result<Dsn> parsed = parse_dsn(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : Dsn{};
}

TEST(ParseDsn, SaysWhichPartIsNotUsable) {
  EXPECT_EQ(parse_dsn("ftp://k@h.io/1").error().code, ErrorCode::InvalidDsn);
  EXPECT_STREQ(parse_dsn("https://k@h.io/x").error().detail, "project id");
}

TEST(ParseDsn, NeedsDigitsAfterTheColonOfAPort) {
  EXPECT_FALSE(parse_dsn("https://k@h.io:/1"));
  EXPECT_FALSE(parse_dsn("https://k@h.io:80a/1"));
}

TEST(ParseDsn, NeedsTheClosingBracketOfAnIpv6Address) {
  EXPECT_FALSE(parse_dsn("https://k@[::1/1"));
  EXPECT_FALSE(parse_dsn("https://k@[]/1"));
  EXPECT_EQ(dsn("https://k@[::1]/1").host, "[::1]");
}

TEST(ParseDsn, KeepsAPathOfSeveralSegments) {
  EXPECT_EQ(dsn("https://k@h.io/a/b/1").path, "a/b");
  EXPECT_EQ(dsn("https://k@h.io/a/b/1").text(), "https://k@h.io/a/b/1");
}

TEST(ParseDsn, TakesNoSlashOfAQueryForOneOfThePath) {
  EXPECT_EQ(dsn("https://k@h.io/1?x=/5").text(), "https://k@h.io/1");
  EXPECT_EQ(dsn("https://k@h.io/1#/5").text(), "https://k@h.io/1");
}

TEST(OrgId, IsTheDigitsOfAHostThatStartsWithThem) {
  EXPECT_EQ(dsn("https://k@o42.ingest.example.io/1").org_id(), "42");
  EXPECT_EQ(dsn("https://k@o.example.io/1").org_id(), "");
  EXPECT_EQ(dsn("https://k@o42/1").org_id(), "");
}

TEST(DsnText, LeavesOutTheSecret) {
  EXPECT_EQ(dsn("https://k:secret@h.io:8000/1?x=2").text(), "https://k@h.io:8000/1");
}

TEST(IsOwnRequest, IgnoresTheCaseOfTheHost) {
  const Dsn own = dsn("https://k@O1.example.io/1");
  EXPECT_TRUE(is_own_request("HTTPS://o1.Example.io/?sentry_key=k", &own, {}));
}

TEST(IsOwnRequest, LooksBehindUserAndPort) {
  const Dsn own = dsn("https://k@o1.example.io/1");
  EXPECT_TRUE(is_own_request("https://u:p@o1.example.io:443?a=1&sentry_key=k", &own, {}));
  EXPECT_FALSE(is_own_request("https://o1.example.io@evil.test/?sentry_key=k", &own, {}));
  EXPECT_FALSE(is_own_request("https://evil.test\\@o1.example.io/?sentry_key=k", &own, {}));
}

TEST(IsOwnRequest, ComparesIpv6AddressesWithoutThePort) {
  const Dsn own = dsn("https://k@[::1]:9000/1");
  EXPECT_TRUE(is_own_request("https://[::1]:9000/?sentry_key=k", &own, {}));
}

TEST(IsOwnRequest, IsNotAboutAFragment) {
  const Dsn own = dsn("https://k@o1.example.io/1");
  EXPECT_FALSE(is_own_request("https://o1.example.io/#?sentry_key=k", &own, {}));
  EXPECT_TRUE(is_own_request("https://o1.example.io/?sentry_key=k#x", &own, {}));
}

TEST(IsOwnRequest, NeedsAnAbsoluteUrl) {
  const Dsn own = dsn("https://k@o1.example.io/1");
  EXPECT_FALSE(is_own_request("//o1.example.io/?sentry_key=k", &own, {}));
  EXPECT_FALSE(is_own_request("/x://o1.example.io/?sentry_key=k", &own, {}));
  EXPECT_FALSE(is_own_request("/api?sentry_key=k", &own, {}));
}

TEST(IsOwnRequest, IgnoresOneTrailingSlashOfATunnel) {
  EXPECT_TRUE(is_own_request("/tunnel/", nullptr, "/tunnel"));
  EXPECT_TRUE(is_own_request("/tunnel", nullptr, "/tunnel/"));
  EXPECT_FALSE(is_own_request("/tunnel//", nullptr, "/tunnel"));
}

TEST(IsOwnRequest, NeverHoldsWithoutDsnAndTunnel) {
  EXPECT_FALSE(is_own_request("", nullptr, {}));
  EXPECT_FALSE(is_own_request("https://o1.example.io/?sentry_key=k", nullptr, {}));
}

}  // namespace
}  // namespace throughline
