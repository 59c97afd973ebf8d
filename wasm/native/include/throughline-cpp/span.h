// Spans, the requests that go out below them, and the headers by which others continue the trace.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace throughline {
// The version of the binary interface.
inline namespace v0 {

namespace detail {
class Engine;
class LiveTrace;
}  // namespace detail

// The value of an attribute: a text, a number or a boolean. A number that JSON cannot hold (NaN,
// infinite) leaves the attribute out.
class Value {
 public:
  // A text; a null pointer is an empty one.
  Value(const char* text) : value_(std::string(text != nullptr ? text : "")) {}
  Value(std::string text) : value_(std::move(text)) {}
  Value(std::string_view text) : value_(std::string(text)) {}
  // A boolean; pointers do not become one.
  template <std::same_as<bool> T>
  Value(T boolean) : value_(boolean) {}
  // A number, with all its digits.
  template <std::floating_point T>
  Value(T number) : value_(static_cast<double>(number)) {}
  template <std::signed_integral T>
  Value(T number) : value_(std::int64_t{number}) {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) Value(T number) : value_(std::uint64_t{number}) {}

  // What it holds.
  const std::variant<std::string, double, std::int64_t, std::uint64_t, bool>& get() const {
    return value_;
  }

 private:
  std::variant<std::string, double, std::int64_t, std::uint64_t, bool> value_;
};

// One attribute.
struct KeyValue {
  std::string_view key{};  // "db.system"
  Value value{""};
};

// How a span starts.
struct SpanOptions {
  std::string_view name{};
  std::string_view op{};  // what kind of work it is, as "db.query"; empty: none
  std::vector<KeyValue> attributes{};
  // Nothing: now.
  std::optional<std::chrono::system_clock::time_point> start{};
};

// How the work of a span went.
enum class Status { Ok, Error };

// The headers that carry a trace. An empty text is a header that is not to be sent.
struct TraceHeaders {
  std::string sentry_trace{};  // "sentry-trace"
  std::string baggage{};       // "baggage"
  std::string traceparent{};   // "traceparent", only with Options::propagate_traceparent

  // Calls `set(name, value)` for each header that is to be sent, with const char* and
  // const std::string&.
  template <typename Set>
  void for_each(Set&& set) const {
    if (!sentry_trace.empty()) set("sentry-trace", sentry_trace);
    if (!baggage.empty()) set("baggage", baggage);
    if (!traceparent.empty()) set("traceparent", traceparent);
  }
};

// A request that this process is about to make.
struct CallOptions {
  std::string_view method{"GET"};
  std::string_view url{};         // absolute
  std::string_view baggage{};     // the request has already; several lines joined by commas
  std::string_view user_agent{};  // of the request; empty: not known
};

class Call;

// A piece of work, from its start until `end` or its destruction. It also exists where nothing is
// recorded (tracing off, trace not sampled, limits reached), and carries the trace there as well.
class Span {
 public:
  // Does nothing.
  Span() noexcept;
  Span(Span&& other) noexcept;
  // Ends what this one was.
  Span& operator=(Span&& other) noexcept;
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;
  // Ends it.
  ~Span();

  // A span below this one.
  [[nodiscard]] Span start_span(const SpanOptions& options) const;
  // An http.client span below this one, for a request that is about to be made.
  [[nodiscard]] Call start_call(const CallOptions& options) const;

  // Replaces the name.
  void set_name(std::string_view name);
  // Sets an attribute, or replaces it.
  void set_attribute(std::string_view key, const Value& value);
  // Replaces the status. `message`: the kind of error, as "not_found"; empty: "internal_error".
  void set_status(Status status, std::string_view message = {});
  // Ends the span now. Only the first call counts; what is open below is lost with its root, and
  // counted.
  void end();

  // The headers by which whoever gets them continues the trace below this span; for protocols other
  // than HTTP. No target is looked at.
  TraceHeaders headers() const;
  // The `<meta>` tags by which a page continues the trace, a line feed between them.
  std::string meta_tags() const;
  // 32 hex digits; empty for a span that does nothing.
  std::string trace_id() const;
  // 16 hex digits, those that go out with `headers`; empty for a span that does nothing.
  std::string span_id() const;
  // Whether the trace is recorded here.
  bool sampled() const;

 private:
  friend class Call;
  friend class Client;
  friend class Request;
  friend class Trace;
  Span(std::shared_ptr<detail::LiveTrace> trace, std::uint32_t handle,
       std::array<std::uint8_t, 8> id) noexcept;

  std::shared_ptr<detail::LiveTrace> trace_;
  std::uint32_t handle_ = 0;  // 0: ids only
  std::array<std::uint8_t, 8> id_{};
};

// A request that this process makes, from `start_call` until `finish`.
class Call {
 public:
  // Does nothing.
  Call() noexcept;
  Call(Call&& other) noexcept;
  // Gives up what this one was.
  Call& operator=(Call&& other) noexcept;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  // Without `finish`, as `fail`.
  ~Call();

  // What to send along; `baggage` has the members that the request had already. Of a URL that is
  // not on Options::trace_propagation_targets all are empty. A request that has a sentry-trace of
  // its own is to be left alone.
  const TraceHeaders& headers() const { return headers_; }
  // Its span, for attributes. It ends with the call.
  Span& span() { return span_; }

  // The response is there, with that status code. Only the first call of `finish` and `fail`
  // counts.
  void finish(int status);
  // There was no response.
  void fail();

 private:
  friend class Span;
  friend class Trace;

  Span span_;
  TraceHeaders headers_;
};

}  // namespace v0
}  // namespace throughline
