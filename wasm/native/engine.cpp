#include "native/engine.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>

#include "throughline/config/rate.h"
#include "throughline/propagate/meta_tags.h"
#include "throughline/wire/outgoing_baggage.h"

namespace throughline::v0::detail {
namespace {

constexpr Duration kReportInterval = milliseconds(60000);

// One word after the other, most significant byte first.
class RandomWords final : public Random {
 public:
  explicit RandomWords(std::function<std::uint64_t()> given) : given_(std::move(given)) {}

  void fill(std::span<std::uint8_t> bytes) override {
    std::uint64_t word = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (at % 8 == 0) word = next();
      bytes[at] = static_cast<std::uint8_t>(word >> (56 - at % 8 * 8));
    }
  }

 private:
  std::uint64_t next() {
    if (given_) {
      try {
        return given_();
      } catch (...) {
        // Nothing may be thrown through the core.
      }
    }
    // Asked for every word: a pool would give the same ids to both sides of a fork.
    const std::uint64_t high = device_();
    return high << 32U | device_();
  }

  const std::function<std::uint64_t()> given_;
  std::random_device device_;
};

std::string json_number(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

// Whether the core writes that number as it is: it has six decimals.
bool fits_core(double number) {
  return std::abs(number) < 1e9 && std::round(number * 1e6) / 1e6 == number;
}

UnixTime in_core(std::chrono::system_clock::time_point time) {
  return from_milliseconds(
      std::chrono::duration<double, std::milli>(time.time_since_epoch()).count());
}

// Puts a span id into texts that lack one.
std::string with_id(Text prefix, Text id, Text suffix) {
  std::string text;
  if (prefix.empty()) return text;
  text.reserve(prefix.size() + id.size() + suffix.size());
  text.append(prefix.data(), prefix.size()).append(id.data(), id.size());
  return text.append(suffix.data(), suffix.size());
}

}  // namespace

void Attributes::add(Text key, const Value& value) {
  const auto& held = value.get();
  const auto as_json = [&](std::string text) {
    texts_.push_back(std::move(text));
    all_.push_back({key, {AttributeType::Json, texts_.back(), 0}});
  };
  if (const auto* text = std::get_if<std::string>(&held)) {
    all_.push_back({key, AttributeValue::of(Text{*text})});
  } else if (const auto* boolean = std::get_if<bool>(&held)) {
    all_.push_back({key, {AttributeType::Boolean, {}, *boolean ? 1.0 : 0.0}});
  } else if (const auto* whole = std::get_if<std::int64_t>(&held)) {
    const auto number = static_cast<double>(*whole);
    if (!fits_core(number)) return as_json(std::to_string(*whole));
    all_.push_back({key, AttributeValue::of(number)});
  } else if (const auto* natural = std::get_if<std::uint64_t>(&held)) {
    const auto number = static_cast<double>(*natural);
    if (!fits_core(number)) return as_json(std::to_string(*natural));
    all_.push_back({key, AttributeValue::of(number)});
  } else if (const auto* number = std::get_if<double>(&held)) {
    if (!std::isfinite(*number)) return;
    if (!fits_core(*number)) return as_json(json_number(*number));
    all_.push_back({key, AttributeValue::of(*number)});
  }
}

Engine::Engine(Options options)
    : options_(std::move(options)),
      random_(std::make_unique<RandomWords>(options_.random)),
      core_(*random_, "native") {
  configure();
  last_report_ = now();
}

void Engine::configure() {
  Settings settings;
  ClientOptions& client = settings.client;
  if (options_.dsn.empty()) {
    warn("options.dsn: not set; nothing is sent, headers still work");
  } else if (Result<Dsn> dsn = parse_dsn(options_.dsn)) {
    client.dsn = *dsn;
  } else {
    warn("options.dsn: expected a DSN, got \"" + options_.dsn +
         "\"; nothing is sent, headers still work");
  }
  if (client.dsn && !options_.on_envelope) {
    warn("options.on_envelope: not set; nothing is sent, headers still work");
  }
  client.release = options_.release;
  if (!options_.environment.empty()) client.environment = options_.environment;
  client.org_id = options_.org_id;
  client.strict_trace_continuation = options_.strict_trace_continuation;
  client.propagate_traceparent = options_.propagate_traceparent;
  client.continue_traceparent = options_.continue_traceparent;
  client.send_default_pii = options_.send_default_pii;
  // Spans have the parent that started them.
  client.parent_span_is_always_root_span = false;
  if (const std::optional<double>& rate = options_.traces_sample_rate) {
    client.traces_sample_rate_given = true;
    client.traces_sample_rate = valid_rate(*rate);
    if (!client.traces_sample_rate) {
      warn("options.traces_sample_rate: expected a number from 0 to 1, got " + json_number(*rate) +
           "; no trace is sampled");
    }
  }
  client.has_traces_sampler = static_cast<bool>(options_.traces_sampler);
  if (options_.trace_propagation_targets) {
    for (const std::string& target : *options_.trace_propagation_targets) {
      targets_.push_back({false, target});
    }
    client.trace_propagation_targets = targets_;
  }
  settings.route.link_previous_trace = LinkPreviousTrace::Off;
  settings.sdk = {"throughline.native", THROUGHLINE_VERSION, "cmake:throughline", {}};
  core_.configure(settings);
}

UnixTime Engine::now() const {
  if (options_.clock) {
    try {
      return in_core(options_.clock());
    } catch (...) {
      // The other clock, then.
    }
  }
  return in_core(std::chrono::system_clock::now());
}

void Engine::warn(const std::string& warning) const {
  if (!options_.on_warning) return;
  try {
    options_.on_warning(warning);
  } catch (...) {
    // It was told; what becomes of it is its own affair.
  }
}

template <typename Call>
void Engine::call_out(std::unique_lock<std::mutex>& lock, Call&& call) {
  const std::thread::id here = std::this_thread::get_id();
  calling_.push_back(here);
  lock.unlock();
  call();
  lock.lock();
  // By hand: a call may lead to another one on the same thread.
  calling_.erase(std::find(calling_.begin(), calling_.end(), here));
  called_.notify_all();
}

HostDecision Engine::ask_sampler(const SamplingContext& about) {
  HostDecision decision;
  decision.parent_sampled = about.parent_sampled;
  std::unique_lock<std::mutex> lock(mutex_);
  if (closed_) return decision;
  call_out(lock, [&] {
    try {
      decision.rate = options_.traces_sampler(about);
      decision.sampler = HostDecision::Sampler::Returned;
    } catch (...) {
      decision.sampler = HostDecision::Sampler::Threw;
    }
  });
  return decision;
}

void Engine::deliver(std::unique_lock<std::mutex>& lock, UnixTime now) {
  if (!core_.has_payload()) return;
  if (!core_.losses().empty() && now - last_report_ >= kReportInterval) {
    last_report_ = now;
    core_.want_report();
  }
  while (core_.has_payload()) {
    const Payload payload = core_.take(now);
    if (payload.id == 0) continue;
    int status = 200;
    if (options_.on_envelope && !closed_) {
      const std::string endpoint = core_.endpoint();
      std::string envelope = payload.text;
      call_out(lock, [&] {
        try {
          // Below zero the core has meanings of its own.
          status = std::max(0, options_.on_envelope(endpoint, std::move(envelope)));
        } catch (...) {
          status = Outbox::kNoResponse;
        }
      });
    }
    core_.settled(payload.id, status);
  }
}

TraceHeaders Engine::headers(Server& core, Place place, const SpanId* own) const {
  if (closed_) return {};
  const String id = to_hex(own != nullptr ? *own : core.span_id_at(place));
  const HeaderTexts texts = core.header_texts_at(place);
  return {with_id(texts.sentry_trace_prefix(), id, texts.sentry_trace_suffix()), texts.baggage,
          with_id(texts.traceparent_prefix(), id, texts.traceparent_suffix())};
}

RequestAnswer Engine::outgoing(Server& core, Place place, const CallOptions& call, UnixTime now,
                               TraceHeaders& headers_out) const {
  OutgoingRequest request;
  request.method = call.method;
  request.url = call.url;
  request.user_agent = call.user_agent;
  RequestStart start;
  start.place = place;
  start.url = call.url;
  start.now = now;
  const RequestAnswer answer = core.outgoing(request, start);
  if (!answer.attach) return answer;
  headers_out = headers(core, place, &answer.span_id);
  headers_out.baggage = merge_outgoing_baggage(call.baggage, headers_out.baggage);
  return answer;
}

bool Engine::wait_for_others(std::unique_lock<std::mutex>& lock,
                             std::chrono::milliseconds timeout) {
  using std::chrono::milliseconds;
  // Whoever waits for ever does not mean it, and the sum of now and that would overflow.
  timeout = std::clamp(timeout, milliseconds{0}, milliseconds{std::chrono::hours{24}});
  const std::thread::id here = std::this_thread::get_id();
  return called_.wait_for(lock, timeout, [&] {
    return std::all_of(calling_.begin(), calling_.end(),
                       [&](std::thread::id id) { return id == here; });
  });
}

bool Engine::flush(std::chrono::milliseconds timeout) {
  const UnixTime at = now();
  std::unique_lock<std::mutex> lock(mutex_);
  // Those of others may still be lost.
  const bool all_back = wait_for_others(lock, timeout);
  core_.want_report();
  last_report_ = at;
  deliver(lock, at);
  return all_back;
}

bool Engine::close(std::chrono::milliseconds timeout) {
  const UnixTime at = now();
  std::unique_lock<std::mutex> lock(mutex_);
  if (closed_) return wait_for_others(lock, timeout);
  core_.close(at);
  wait_for_others(lock, timeout);
  core_.want_report();
  deliver(lock, at);
  closed_ = true;
  return wait_for_others(lock, std::chrono::milliseconds{0});
}

LiveTrace::LiveTrace(std::shared_ptr<Engine> engine, Handle scope, const StartedSpan& root)
    : engine_(std::move(engine)), root_(root.root), sampled_(root.sampled), scope_(scope) {}

LiveTrace::~LiveTrace() {
  engine_->run(engine_->now(), [this](Server& core) {
    core.close_scope(scope_);
    return true;
  });
}

void LiveTrace::root_ended(Server& core) {
  if (ended_) return;
  ended_ = true;
  scope_ = core.enter_scope(core.leave_scope(scope_, root_));
}

Handle enter(Server& core, Text state) {
  const Handle scope = core.enter_scope(state);
  if (scope == kNoHandle) core.losses().add("queue_overflow", "transaction");
  return scope;
}

std::optional<UnixTime> core_time(std::optional<std::chrono::system_clock::time_point> time) {
  return time ? std::optional{in_core(*time)} : std::nullopt;
}

std::string tags_of(const TraceHeaders& headers) {
  return meta_tags(headers.sentry_trace, headers.baggage, headers.traceparent);
}

}  // namespace throughline::v0::detail
