// The one core of a module, and the memory through which the hot door passes values. A module is
// a process of its own: this is the only place with state that outlives a call and is not handed
// in (design.md decision 3; js/core/core.ts is the other side).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "host/host_random.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/config/option_reader.h"
#include "throughline/propagation.h"
#include "throughline/runtime.h"
#include "throughline/server.h"
#include "throughline/streaming.h"

namespace throughline::bindings {

// `Propagation`, `Runtime`, `Streaming` or `Server`, as the link target says (wasm/CMakeLists.txt).
using Core = THROUGHLINE_CORE;

// Texts go in at the front, numbers in and out through cells. Longer texts go in through a
// buffer that the core lends.
struct Scratch {
  static constexpr std::size_t kTextBytes = 6144;
  alignas(8) std::array<char, kTextBytes> text;
  std::array<double, 256> cells;
};

// Cells by number. Ids lie in theirs as bytes.
enum Cell : std::size_t {
  kSpanHandle = 0,
  kReason = 1,
  kAttach = 2,
  kHeaderNumber = 3,
  kDeadline = 4,  // milliseconds since the Unix epoch
  kPayloadAddress = 5,
  kPayloadBytes = 6,
  kPayloadId = 7,
  kKeepalive = 8,
  kRootHandle = 9,
  kSampled = 10,
  kAsks = 11,
  kTextAddress = 12,  // of a text that a call answers; it holds until the next one
  kTextBytes = 13,
  kSpanId = 16,
  kTraceId = 17,  // and 18
  kPattern = 14,  // which entry of the list matched, -1: none
  // About a root that is to start. Asked: the parent's decision (-1: none) and rate (-1: none).
  // Answered: the decision as listeners left it, HostDecision::Sampler, the sampler's rate.
  kParentSampled = 19,
  kParentRate = 20,
  kSampler = 21,
  kSamplerRate = 22,
  // Of an idle span, in milliseconds.
  kIdleTimeout = 23,
  kFinalTimeout = 24,
  kChildTimeout = 25,
  // Of a request that came in.
  kScope = 26,
  kWantsAll = 27,   // 1: its root is still to be started, and told all of it
  kPassAhead = 28,  // requests, as Server::pass_ahead
  // 1: a request that is a segment is repeated with a decision about it.
  kDecided = 29,
  kAttributes = 32,  // three each: bytes of the key, type, number or bytes of the text
  kTexts = 32,       // bytes of each text that a call takes
};

// What a call answers besides its results.
enum Word : int {
  kWordAsks = 1,        // nothing happened: answer what kAsks tells and call again
  kWordRandomLow = 2,   // fill the pool
  kWordDeadline = 4,    // wake at kDeadline, earlier than was said before
  kWordHeard = 8,       // listeners are to be told of spans: tl_heard
  kWordPayload = 16,    // take
  kWordPrevious = 32,   // previousTrace has something to keep
  kWordMemoryGrew = 64  // views of the memory are detached
};

struct Instance {
  explicit Instance(HostRandom& random) : core(random) {}

  Core core;
  OptionReader options;
  String lent;
  String answer;
};

HostRandom& random_pool();
Scratch& scratch();
inline double& cell(Cell index) { return scratch().cells[index]; }
// Only after `tl_start`.
Instance& instance();
inline Core& core() { return instance().core; }

// Closes a call, which it does once: what the host has to do now.
int word(std::uint32_t asks = 0);

inline Text text_at(int address, int bytes) {
  return {reinterpret_cast<const char*>(static_cast<std::uintptr_t>(address)),
          static_cast<std::size_t>(bytes)};
}

// The texts that a call takes stand one behind the other, their sizes in cells from kTexts on.
class Texts {
 public:
  explicit Texts(int address) : next_(address) {}
  Text next() {
    const int bytes = static_cast<int>(scratch().cells[cell_++]);
    const Text text = text_at(next_, bytes);
    next_ += bytes;
    return text;
  }

 private:
  int next_;
  std::size_t cell_ = kTexts;
};

// Leaves a text for the host.
void put_answer(String text);
// The same as the end of a call.
int answer(String text);

inline Place place_of(int scope, int active_span, bool suppressed = false) {
  return {static_cast<Handle>(scope), static_cast<Handle>(active_span), suppressed};
}

inline void put_span_id(const SpanId& id) {
  std::memcpy(&cell(kSpanId), id.bytes.data(), sizeof(id.bytes));
}

}  // namespace throughline::bindings
