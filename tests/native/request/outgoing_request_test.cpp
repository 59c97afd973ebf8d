#include "throughline/request/outgoing_request.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace throughline {
namespace {

OutgoingRequest sent_to(Text url, Text method = "GET") {
  OutgoingRequest request;
  request.url = url;
  request.method = method;
  return request;
}

// Texts as they are, numbers without decimals.
std::map<std::string, std::string> described(const OutgoingRequest& request) {
  const String url = url_of(request);
  AttributeBatch batch;
  add_attributes(batch, request, url);
  std::map<std::string, std::string> all;
  for (const AttributeInput& attribute : batch.all()) {
    const bool is_text = attribute.value.type == AttributeType::Text;
    all[attribute.key] = is_text ? std::string{attribute.value.text}
                                 : std::to_string(static_cast<int>(attribute.value.number));
  }
  return all;
}

TEST(OutgoingRequest, HasNoDefaultPort) {
  EXPECT_EQ(url_of(sent_to("http://a.test:80/x")), "http://a.test/x");
  EXPECT_EQ(url_of(sent_to("https://a.test:443/x")), "https://a.test/x");
  EXPECT_EQ(url_of(sent_to("https://a.test:80/x")), "https://a.test:80/x");
}

TEST(OutgoingRequest, HasNoCredentials) {
  EXPECT_EQ(url_of(sent_to("http://u:p@a.test:80/x")), "http://%filtered%:%filtered%@a.test/x");
}

TEST(OutgoingRequest, IsNamedByMethodAndUrlWithoutQuery) {
  const OutgoingRequest request = sent_to("http://a.test/x?y=1", "POST");
  EXPECT_EQ(outgoing_span_name(request, url_of(request)), "POST http://a.test/x");
}

TEST(OutgoingRequest, IsDescribed) {
  OutgoingRequest request = sent_to("http://a.test:8080/x?y=1");
  request.user_agent = "tests";
  const std::map<std::string, std::string> expected{{"sentry.op", "http.client"},
                                                    {"sentry.origin", "auto.http.client"},
                                                    {"http.request.method", "GET"},
                                                    {"url.full", "http://a.test:8080/x?y=1"},
                                                    {"url.path", "/x"},
                                                    {"url.query", "y=1"},
                                                    {"url.port", "8080"},
                                                    {"url.scheme", "http:"},
                                                    {"url.domain", "a.test"},
                                                    {"server.address", "a.test"},
                                                    {"user_agent.original", "tests"}};
  EXPECT_EQ(described(request), expected);
}

TEST(OutgoingRequest, ByFetchTellsAlsoThePortOfTheScheme) {
  OutgoingRequest request = sent_to("https://a.test/");
  request.by = OutgoingRequest::By::Fetch;
  EXPECT_EQ(described(request).at("server.port"), "443");
  EXPECT_EQ(described(request).at("sentry.origin"), "auto.http.node_fetch");
}

TEST(OutgoingRequest, ByFetchWithAMethodOfItsOwnIsOther) {
  OutgoingRequest request = sent_to("http://a.test/", "BREW");
  request.by = OutgoingRequest::By::Fetch;
  EXPECT_EQ(described(request).at("http.request.method"), "_OTHER");
  EXPECT_EQ(described(request).at("http.request.method_original"), "BREW");
  EXPECT_EQ(outgoing_span_name(request, url_of(request)), "HTTP http://a.test/");
}

}  // namespace
}  // namespace throughline
