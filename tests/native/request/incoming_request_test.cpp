#include "throughline/request/incoming_request.h"

#include <gtest/gtest.h>

#include <string>

namespace throughline {
namespace {

IncomingRequest request_to(Text target) {
  IncomingRequest request;
  request.method = "GET";
  request.target = target;
  request.host = "shop.test:8080";
  return request;
}

std::string text_of(const AttributeBatch& batch, Text key) {
  for (const AttributeInput& attribute : batch.all()) {
    if (attribute.key == key) return attribute.value.text;
  }
  return "none";
}

double number_of(const AttributeBatch& batch, Text key) {
  for (const AttributeInput& attribute : batch.all()) {
    if (attribute.key == key) return attribute.value.number;
  }
  return -1;
}

AttributeBatch attributes_of(const IncomingRequest& request, bool with_client = false) {
  static String url;
  url = url_of(request);
  AttributeBatch batch;
  add_attributes(batch, request, url, with_client);
  return batch;
}

TEST(IncomingRequest, IsNamedByMethodAndPath) {
  EXPECT_EQ(incoming_span_name(request_to("/users/7?q=1#x")), "GET /users/7");
  EXPECT_EQ(incoming_span_name(request_to("")), "GET /");
  EXPECT_EQ(incoming_span_name(request_to("http://other.test/a?b")), "GET /a");
  EXPECT_EQ(incoming_span_name(request_to("http://other.test")), "GET /");
}

TEST(IncomingRequest, HasTheUrlThatItsCallerSaw) {
  IncomingRequest request = request_to("/a?b=1");
  EXPECT_EQ(url_of(request), "http://shop.test:8080/a?b=1");
  request.encrypted = true;
  EXPECT_EQ(url_of(request), "https://shop.test:8080/a?b=1");
  request.forwarded_proto = "http , https";
  request.forwarded_host = "front.test, inner";
  EXPECT_EQ(url_of(request), "http://front.test/a?b=1");
}

TEST(IncomingRequest, WithoutHostIsOneToLocalhost) {
  IncomingRequest request = request_to("/a");
  request.host = {};
  EXPECT_EQ(url_of(request), "http://localhost/a");
  EXPECT_EQ(text_of(attributes_of(request), "server.address"), "localhost");
}

TEST(IncomingRequest, TellsNoCredentials) {
  EXPECT_EQ(url_of(request_to("http://user:secret@other.test/a")),
            "http://%filtered%:%filtered%@other.test/a");
  IncomingRequest request = request_to("/a");
  request.host = "user:secret@shop.test";
  EXPECT_EQ(url_of(request), "http://%filtered%:%filtered%@shop.test/a");
  EXPECT_EQ(text_of(attributes_of(request), "server.address"), "shop.test");
}

TEST(IncomingRequest, TellsAddressWithoutPort) {
  IncomingRequest request = request_to("/a");
  EXPECT_EQ(text_of(attributes_of(request), "server.address"), "shop.test");
  request.host = "[::1]:80";
  EXPECT_EQ(text_of(attributes_of(request), "server.address"), "[::1]");
  request.host = "[::1]";
  EXPECT_EQ(text_of(attributes_of(request), "server.address"), "[::1]");
}

TEST(IncomingRequest, TellsTheLengthOfItsBodyWhereThatIsANumber) {
  IncomingRequest request = request_to("/a");
  request.content_length = "12";
  EXPECT_EQ(number_of(attributes_of(request), "http.request.body.size"), 12);
  for (const char* wrong : {"", "-1", "1e3", "12 13", "99999999999999999999999999"}) {
    request.content_length = wrong;
    EXPECT_EQ(number_of(attributes_of(request), "http.request.body.size"), -1) << wrong;
  }
}

TEST(IncomingRequest, TellsOfItsCallerOnlyWhereThatMayBeKnown) {
  IncomingRequest request = request_to("/a");
  request.remote_address = "10.0.0.1";
  request.remote_port = 1234;
  EXPECT_EQ(text_of(attributes_of(request), "client.address"), "none");
  EXPECT_EQ(text_of(attributes_of(request, true), "client.address"), "10.0.0.1");
  EXPECT_EQ(number_of(attributes_of(request, true), "client.port"), 1234);
  request.forwarded_for = "192.0.2.1, 10.0.0.2";
  EXPECT_EQ(text_of(attributes_of(request, true), "client.address"), "192.0.2.1");
  EXPECT_EQ(number_of(attributes_of(request, true), "client.port"), -1);
}

TEST(IncomingRequest, IsNotRecordedByMethod) {
  for (const char* method : {"OPTIONS", "HEAD"}) {
    IncomingRequest request = request_to("/a");
    request.method = method;
    EXPECT_FALSE(is_recorded(request, false)) << method;
  }
}

TEST(IncomingRequest, OfAStaticFileIsNotRecorded) {
  for (const char* target : {"/a.png", "/x/b.woff2?v=1", "/robots.txt", "/app.js#x"}) {
    EXPECT_FALSE(is_recorded(request_to(target), true)) << target;
    EXPECT_TRUE(is_recorded(request_to(target), false)) << target;
  }
  for (const char* target : {"/a.json", "/x/robots.txt", "/png", "/a?file=b.png"}) {
    EXPECT_TRUE(is_recorded(request_to(target), true)) << target;
  }
  IncomingRequest post = request_to("/a.png");
  post.method = "POST";
  EXPECT_TRUE(is_recorded(post, true));
}

}  // namespace
}  // namespace throughline
