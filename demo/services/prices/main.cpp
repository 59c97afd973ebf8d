// The third service, in C++: what a lamp costs today. The shop's backend asks it, and it asks the
// stock what there is too much of.
#include <httplib.h>
#include <throughline.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <thread>

#include "delivery.h"
#include "traced.h"

namespace {

const std::map<std::string, int> in_euros = {{"sopp", 189}, {"klokke", 245}, {"bue", 420},
                                             {"papir", 96}, {"krok", 168},   {"vegg", 134}};

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + '"';
}

// The line to the process that started this one: a JSON text a line on the standard output.
void tell(const std::string& json) { std::cout << json + '\n' << std::flush; }

void tell_request(const httplib::Request& request) {
  std::string headers;
  for (const char* name : {"sentry-trace", "baggage", "traceparent"}) {
    if (!request.has_header(name)) continue;
    if (!headers.empty()) headers += ',';
    headers += quoted(name) + ':' + quoted(request.get_header_value(name));
  }
  tell("{\"kind\":\"received\",\"method\":" + quoted(request.method) +
       ",\"path\":" + quoted(request.path) + ",\"headers\":{" + headers + "}}");
}

throughline::Options options(Delivery& delivery) {
  const Address viewer = split(setting("DEMO_VIEWER"));
  throughline::Options options;
  options.dsn = "http://public@" + viewer.origin.substr(viewer.origin.find("://") + 3) + "/1";
  options.environment = "demo";
  options.release = "halden@1.0.0";
  options.traces_sample_rate = 1;
  options.trace_propagation_targets = {{setting("DEMO_STOCK") + "/"}};
  options.on_envelope = [&delivery](const std::string& url, std::string envelope) {
    delivery.add(url, std::move(envelope));
    return 200;
  };
  options.on_warning = [](std::string_view line) { std::cerr << line << '\n'; };
  return options;
}

// A tenth less for what there is plenty of. `surplus`: a JSON list of names.
std::string prices(const std::string& surplus) {
  std::string json;
  for (const auto& [lamp, price] : in_euros) {
    const bool is_plenty = surplus.find(quoted(lamp)) != std::string::npos;
    json += json.empty() ? '{' : ',';
    json += quoted(lamp) + ':' + std::to_string(is_plenty ? price * 9 / 10 : price);
  }
  return json + '}';
}

}  // namespace

int main() {
  Delivery delivery;
  throughline::Client client(options(delivery));

  httplib::Server server;
  // One request each: nobody waits for idle connections at the end.
  server.set_keep_alive_max_count(1);
  get(server, client, "/prices",
      [](const httplib::Request& request, httplib::Response& response,
         throughline::Request& traced) {
        tell_request(request);
        traced.span().set_attribute("service.name", setting("DEMO_SERVICE"));
        const std::string surplus = fetch(traced, setting("DEMO_STOCK") + "/surplus");
        response.set_content(prices(surplus), "application/json");
      });

  if (!server.bind_to_port("127.0.0.1", std::atoi(setting("DEMO_PORT").c_str()))) {
    std::cerr << "The port is taken.\n";
    return 1;
  }
  tell("{\"kind\":\"ready\"}");
  // When the line breaks, this service ends, so that it is never left behind.
  std::thread line([&server] {
    while (std::cin.get() != std::char_traits<char>::eof()) continue;
    server.stop();
  });
  server.listen_after_bind();
  line.join();
  client.close(std::chrono::seconds(1));
}
