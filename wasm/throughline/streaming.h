// Spans that are sent by themselves, soon after each ended, instead of in the transaction of their
// root; switched on and off at run time.
//
// A facade like runtime.h, on top of it and under the same terms. What is declared here takes the
// place of its namesake in Runtime.
//
// Spec: envelope.md section 8; the columns about streaming of spans.md and propagation.md.
#pragma once

#include <optional>

#include "throughline/delivery/span_buffer.h"
#include "throughline/runtime.h"

namespace throughline {

// How spans are streamed.
struct StreamOptions {
  bool on = false;
  // The host wants to see each span before it is kept: it is asked (kAskSpan).
  bool shown = false;
  // Requests are measured by the host: their spans wait for that a little.
  bool measured = false;
};

// What the host has to say about it, beside the option `traceLifecycle`.
struct StreamWish {
  bool integration = false;  // spanStreamingIntegration is there
  bool shown = false;        // as StreamOptions, and the next one
  bool measured = false;
  bool hook_is_static = false;  // beforeSendSpan takes spans of transactions
};

enum class Streams : int { No, Yes, HookIsStatic };

class Streaming : public Runtime {
 public:
  explicit Streaming(Random& random, const HostTraits& host = {});

  // The option, of the next call of `follow`.
  enum class Lifecycle { Unset, Static, Stream };
  void set_lifecycle(Lifecycle lifecycle) { lifecycle_ = lifecycle; }
  // Switches streaming on or off as options and host say (envelope.md section 8). To be called
  // after `configure`, which leaves it as it was.
  Streams follow(const StreamWish& wish);
  void stream(const StreamOptions& options);
  bool streams() const { return options_.on; }
  // Which hooks have listeners.
  void listen(const Listeners& listeners);
  bool is_heard() const { return heard_by_host_; }

  // A request without a span above it is a segment of its own, about which it may ask (as
  // `start_span` does); then `asked_name` is what it would be called.
  RequestAnswer request(const RequestStart& request, const HostDecision* decision = nullptr);
  const String& asked_name() const { return asked_name_; }
  void resource(Text name, UnixTime start, const ResourceTiming& timing);
  StartedSpan start_span(Place place, const SpanStart& start, UnixTime now);
  std::uint32_t page_hidden(Place place, UnixTime now);
  std::uint32_t wake(UnixTime now);
  std::optional<UnixTime> deadline() const;
  void close(UnixTime now);
  // All that has ended is to be sent now.
  void flush_spans();

  Heard hear();
  // Whether the host has to hear; what only this class wants to know it hears here.
  bool has_heard();

  // Asks, beside what Runtime does, kAskIgnored about a span that started (`id`: its handle), and
  // kAskSpan about one that ended: `text` is the span, its attributes without types, `id` its root.
  Payload take(UnixTime now, const Dsc* dsc = nullptr, bool marked = false);
  void mark_ignored(Handle root, Text marks);
  // The span that `take` asked about as the host wants it to be, as JSON with typed attributes;
  // empty: as it is.
  void answer_span(Text json);
  bool has_payload();

 private:
  // Spans that ended and are not in the buffer yet.
  struct Waiting {
    Handle span;
    std::optional<UnixTime> until;  // nothing: no time was set for it
  };

  // Whether `ignoreSpans` means a span that started, as far as its patterns are known here.
  bool screen(SpanRecord& span);
  void leave_out(SpanRecord& span);
  // The segment that is a request to that URL and was not measured yet; null: none.
  SpanRecord* lone_request(Text name, UnixTime start);
  // Takes down a span that ended.
  void capture(Handle span);
  void keep(SpanRecord& span);
  void buffer(SpanRecord& span, Text json);
  // Those that waited for their times until then.
  void stop_waiting(std::optional<UnixTime> now);
  // Counts a span that has no record because nothing is recorded below `above`.
  void count_unrecorded(Handle root, Handle span);
  // Frees a root that was over, once nothing below it is open.
  bool finish(Root& root);
  void finish_roots();
  void finish_oldest();
  // From now on spans go with their roots.
  void stop();
  // The DSC for a bucket; nothing: its segment is gone without one.
  Dsc dsc_of_bucket(const SpanBucket& bucket);

  StreamOptions options_;
  Lifecycle lifecycle_ = Lifecycle::Unset;
  bool heard_by_host_ = false;
  // The span whose end the host is hearing of.
  Handle telling_ = kNoHandle;
  String asked_name_;
  List<Handle> to_screen_;
  List<Handle> to_show_;
  List<Waiting> waiting_;
  // Roots that ended before everything below them did, the earliest first.
  List<Handle> lingering_;
  SpanBuffer buffer_;
  // All is due, as soon as nothing is left to be shown.
  bool flush_wanted_ = false;
};

}  // namespace throughline
