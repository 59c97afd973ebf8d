#include "traced.h"

#include <utility>

namespace {

// All lines of a header as one.
std::string header(const httplib::Request& request, const char* name) {
  std::string text;
  for (std::size_t i = 0; i < request.get_header_value_count(name); ++i) {
    if (i > 0) text += ',';
    text += request.get_header_value(name, i);
  }
  return text;
}

}  // namespace

Address split(const std::string& url) {
  const std::size_t host = url.find("://") + 3;
  const std::size_t path = url.find('/', host);
  return {url.substr(0, path), path == std::string::npos ? "/" : url.substr(path)};
}

void get(httplib::Server& server, const throughline::Client& client, const std::string& route,
         TracedHandler handler) {
  server.Get(route, [&client, route, handler = std::move(handler)](const httplib::Request& request,
                                                                   httplib::Response& response) {
    const std::string host = header(request, "host");
    const std::string sentry_trace = header(request, "sentry-trace");
    const std::string baggage = header(request, "baggage");
    const std::string user_agent = header(request, "user-agent");
    throughline::Request traced = client.incoming({.method = request.method,
                                                   .target = request.target,
                                                   .host = host,
                                                   .sentry_trace = sentry_trace,
                                                   .baggage = baggage,
                                                   .user_agent = user_agent});
    traced.set_route(route);
    handler(request, response, traced);
    // cpp-httplib makes it 200 if nobody says otherwise.
    traced.finish(response.status > 0 ? response.status : 200);
  });
}

std::string fetch(const throughline::Request& traced, const std::string& url) {
  throughline::Call call = traced.start_call({.method = "GET", .url = url});
  httplib::Headers headers;
  call.headers().for_each(
      [&](const char* name, const std::string& value) { headers.emplace(name, value); });
  const Address address = split(url);
  httplib::Client service(address.origin);
  const auto result = service.Get(address.path, headers);
  if (!result) {
    call.fail();
    return {};
  }
  call.finish(result->status);
  return result->status == 200 ? result->body : std::string();
}
