// The core of one client behind a lock, with the functions of its options around it.
//
// The lock is held while the core works and never while a function of the user runs, except the
// source of random bits.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "throughline-cpp/client.h"
#include "throughline-cpp/options.h"
#include "throughline/server.h"

namespace throughline::v0::detail {

// Attributes as the core takes them; the values they were made from must outlive them.
class Attributes {
 public:
  explicit Attributes(std::size_t most) { texts_.reserve(most); }
  void add(Text key, const Value& value);
  void add(Text key, Text value) { all_.push_back({key, AttributeValue::of(value)}); }
  std::span<const AttributeInput> all() const { return all_; }

 private:
  std::vector<AttributeInput> all_;
  std::vector<std::string> texts_;  // of numbers
};

class Engine {
 public:
  explicit Engine(Options options);

  UnixTime now() const;

  // Runs `event(core)` under the lock, then hands on what became due.
  template <typename Event>
  auto run(UnixTime now, Event&& event) {
    std::unique_lock<std::mutex> lock(mutex_);
    auto result = event(core_);
    deliver(lock, now);
    return result;
  }
  // The same with a scope in the trace of a state text, during `event(core, scope)`. Where none can
  // be had, the event does not happen.
  template <typename Event>
  auto run_in(const std::string& state, Event&& event) {
    return run(now(), [&](Server& core) {
      const Handle scope = core.enter_scope(Text{state});
      decltype(event(core, scope)) result{};
      if (scope != kNoHandle) result = event(core, scope);
      core.close_scope(scope);
      return result;
    });
  }

  // Starts a root: `start(core, decision)` is called again once the sampler was asked.
  template <typename Start>
  StartedSpan start_root(UnixTime now, SamplingContext about, Start&& start) {
    const HostDecision* none = nullptr;
    StartedSpan started = run(now, [&](Server& core) {
      StartedSpan first = start(core, none);
      if (first.asks != kAskNothing) {
        about.parent_sampled = core.decision_input().parent_sampled;
        about.parent_sample_rate = core.decision_input().parent_sample_rate;
      }
      return first;
    });
    if (started.asks == kAskNothing) return started;
    const HostDecision decision = ask_sampler(about);
    return run(now, [&](Server& core) { return start(core, &decision); });
  }

  // Those below; under the lock. `own`: the span id; null: that of the scope. Empty once closed.
  TraceHeaders headers(Server& core, Place place, const SpanId* own) const;
  // A request that goes out there. The span of the answer is none if there is none.
  RequestAnswer outgoing(Server& core, Place place, const CallOptions& call, UnixTime now,
                         TraceHeaders& headers) const;

  bool flush(std::chrono::milliseconds timeout);
  bool close(std::chrono::milliseconds timeout);

 private:
  void configure();
  void warn(const std::string& warning) const;
  HostDecision ask_sampler(const SamplingContext& about);
  // Hands every payload to the user, without the lock meanwhile.
  void deliver(std::unique_lock<std::mutex>& lock, UnixTime now);
  // Calls a function of the user without the lock. `close` waits for it.
  template <typename Call>
  void call_out(std::unique_lock<std::mutex>& lock, Call&& call);
  bool wait_for_others(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds timeout);

  // Before the core, which has views of them.
  const Options options_;
  std::vector<Pattern> targets_;
  std::unique_ptr<Random> random_;
  std::mutex mutex_;
  Server core_;
  bool closed_ = false;
  UnixTime last_report_{};
  // The threads on which functions of the user run.
  std::vector<std::thread::id> calling_;
  std::condition_variable called_;
};

// A scope of the core, and the root that began in it, as long as anything of it is held.
class LiveTrace {
 public:
  LiveTrace(std::shared_ptr<Engine> engine, Handle scope, const StartedSpan& root);
  ~LiveTrace();
  LiveTrace(const LiveTrace&) = delete;
  LiveTrace& operator=(const LiveTrace&) = delete;

  Engine& engine() const { return *engine_; }
  bool sampled() const { return sampled_; }
  Handle root() const { return root_; }

  // What follows is under the lock.
  Handle scope() const { return scope_; }
  bool has_ended() const { return ended_; }
  // What still carries the trace then carries that of the root, whose record goes.
  void root_ended(Server& core);

 private:
  const std::shared_ptr<Engine> engine_;
  const Handle root_;  // none: tracing is off, or the request has no span
  const bool sampled_;
  Handle scope_;
  bool ended_ = false;
};

// As Server::enter_scope; where too many are open, a root is counted as lost.
Handle enter(Server& core, Text state);

// Nothing stays nothing.
std::optional<UnixTime> core_time(std::optional<std::chrono::system_clock::time_point> time);

// The tags of those headers.
std::string tags_of(const TraceHeaders& headers);

}  // namespace throughline::v0::detail
