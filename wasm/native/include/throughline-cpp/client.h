// The client, the requests that a server answers, and traces of other protocols.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "throughline-cpp/options.h"
#include "throughline-cpp/span.h"

namespace throughline {
inline namespace v0 {

// A request as a server got it. Empty texts and negative numbers: not known. Of a header that came
// several times the first one, of `baggage` all, joined by commas.
struct RequestInfo {
  std::string_view method{};  // upper case
  std::string_view target{};  // of the request line: "/items/7?color=red"
  std::string_view host{};
  bool encrypted = false;
  std::string_view http_version{};  // "1.1"

  std::string_view sentry_trace{};
  std::string_view baggage{};
  std::string_view traceparent{};
  std::string_view forwarded_host{};   // x-forwarded-host
  std::string_view forwarded_proto{};  // x-forwarded-proto
  std::string_view forwarded_for{};    // x-forwarded-for
  std::string_view user_agent{};
  std::string_view content_length{};

  // Of the client, recorded only with Options::send_default_pii.
  std::string_view remote_address{};
  int remote_port = -1;
  int local_port = -1;
};

// A request that this server answers, from `Client::incoming` until `finish`: the trace that it
// continues, or a fresh one, and an http.server span. OPTIONS, HEAD and static files have no span;
// they carry the trace nevertheless.
class Request {
 public:
  // Does nothing.
  Request() noexcept;
  Request(Request&& other) noexcept;
  // Gives up what this one was.
  Request& operator=(Request&& other) noexcept;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  // Without `finish`, as `finish(500)`: an exception left the handler.
  ~Request();

  // The route that answers: the span is then named "GET /items/:id". Headers made from now on tell
  // of it.
  void set_route(std::string_view route);
  // The response is out, with that status code. Only the first call counts. Requests that end with
  // 301 to 303, 305 to 399 or 401 to 404 are not sent, but counted.
  void finish(int status);

  // As those of its span.
  [[nodiscard]] Span start_span(const SpanOptions& options) const;
  [[nodiscard]] Call start_call(const CallOptions& options) const;
  TraceHeaders headers() const;
  std::string meta_tags() const;

  // Its span, for attributes, name and status. It ends with the request.
  Span& span() { return span_; }

 private:
  friend class Client;

  Span span_;
};

// A trace that work of any kind belongs to: a message, a job. It is a value; copies are the same
// trace.
class Trace {
 public:
  // Does nothing.
  Trace() noexcept;

  // A root span of that trace, which is sent when it ends.
  [[nodiscard]] Span start_span(const SpanOptions& options) const;
  // A request made outside of any span: it carries the trace and is not recorded.
  [[nodiscard]] Call start_call(const CallOptions& options) const;
  // The headers by which whoever gets them continues the trace.
  TraceHeaders headers() const;
  // The `<meta>` tags by which a page continues the trace.
  std::string meta_tags() const;
  // 32 hex digits.
  std::string trace_id() const;

 private:
  friend class Client;
  Trace(std::shared_ptr<detail::Engine> engine, std::string state) noexcept;

  std::shared_ptr<detail::Engine> engine_;
  std::string state_;
};

// What all of it begins with; a process has one as a rule. Several do not know of each other.
class Client {
 public:
  // Does nothing.
  Client() noexcept;
  // Options that cannot be used are as if they were not set, and `on_warning` is told.
  explicit Client(Options options);
  Client(Client&& other) noexcept;
  // Closes what this one was.
  Client& operator=(Client&& other) noexcept;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  // Closes it.
  ~Client();

  // A request came in.
  [[nodiscard]] Request incoming(const RequestInfo& request) const;
  // The trace of those headers; a fresh one if they are empty or cannot be used.
  [[nodiscard]] Trace continue_trace(std::string_view sentry_trace, std::string_view baggage = {},
                                     std::string_view traceparent = {}) const;
  // A trace that begins here.
  [[nodiscard]] Trace new_trace() const;

  // Sends a client report if something was lost (which happens once a minute anyway), and waits for
  // calls of `on_envelope` on other threads. Returns whether all of them came back in time.
  bool flush(std::chrono::milliseconds timeout = std::chrono::seconds(2));
  // The same, and nothing is recorded, carried or handed out from then on. Where it returns true,
  // no function of the options is called any more, except on the calling thread.
  bool close(std::chrono::milliseconds timeout = std::chrono::seconds(2));

 private:
  std::shared_ptr<detail::Engine> engine_;
};

}  // namespace v0
}  // namespace throughline
