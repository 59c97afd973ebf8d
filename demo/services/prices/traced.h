// What makes a service of cpp-httplib take part in traces: a span around each request that comes
// in, a span and headers for each that goes out.
#pragma once

#include <httplib.h>
#include <throughline.h>

#include <functional>
#include <string>

// A URL as cpp-httplib takes it.
struct Address {
  std::string origin;  // http://host:port
  std::string path;    // with the query
};
Address split(const std::string& url);

using TracedHandler =
    std::function<void(const httplib::Request&, httplib::Response&, throughline::Request&)>;

// Answers `GET route` inside the trace that the request belongs to.
void get(httplib::Server& server, const throughline::Client& client, const std::string& route,
         TracedHandler handler);

// The body of `url`, asked for below `traced`; empty if it did not answer with 200.
std::string fetch(const throughline::Request& traced, const std::string& url);
