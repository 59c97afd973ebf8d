// Answers one request that carries a trace, and prints what goes out: the headers of a call, the
// meta tags of a page, the envelope.
#include <throughline.h>

#include <chrono>
#include <iostream>

int main() {
  std::uint64_t random = 0;
  throughline::Options options;
  options.dsn = "https://key@host.test/1";
  options.traces_sample_rate = 0.5;
  options.clock = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1)); };
  options.random = [&random] { return ++random; };
  options.on_warning = [](std::string_view warning) { std::cout << warning << '\n'; };
  options.on_envelope = [](const std::string& endpoint, const std::string& envelope) {
    std::cout << "POST " << endpoint << '\n' << envelope << '\n';
    return 200;
  };
  throughline::Client client(options);

  throughline::Request request = client.incoming(
      {.method = "GET",
       .target = "/items/7",
       .host = "shop.test",
       .sentry_trace = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
       .baggage = "sentry-trace_id=4bf92f3577b34da6a3ce929d0e0e4736,sentry-sampled=true"});
  request.set_route("/items/:id");
  throughline::Call call =
      request.start_call({.method = "GET", .url = "https://stock.test/7", .baggage = "theirs=1"});
  call.headers().for_each([](const char* name, const std::string& value) {
    std::cout << name << ": " << value << '\n';
  });
  std::cout << request.meta_tags() << '\n';
  call.finish(200);
  request.finish(200);
}
