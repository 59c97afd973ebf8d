// The core as its hosts see it: one object that is told what happens and answers what to do.
//
// It has no clock, timer, socket or random source of its own: the time is an argument of every
// event, and `deadline` says when it wants to be woken. An event that needs the host changes
// nothing and says which answers it lacks; the host gives them and repeats it (design.md
// sections 3 and 4).
#pragma once

#include <cstdint>
#include <optional>

#include "throughline/base/list.h"
#include "throughline/base/loss_counts.h"
#include "throughline/base/random.h"
#include "throughline/base/reason.h"
#include "throughline/base/string.h"
#include "throughline/base/text.h"
#include "throughline/base/time.h"
#include "throughline/context/tracer.h"
#include "throughline/delivery/outbox.h"
#include "throughline/export/envelope.h"
#include "throughline/export/span_filter.h"
#include "throughline/propagation.h"
#include "throughline/request/resource_timing.h"
#include "throughline/route/idle_span.h"

namespace throughline {

// How a route span starts. What is empty is made from the URL and the kind of route.
struct RouteStart {
  UnixTime start;
  UnixTime now;
  const HostDecision* decision = nullptr;  // once the host was asked
  bool ask_first = false;                  // the host may want another name, op, source or origin
  Text name{};                             // the pathname
  Text op{};                               // pageload or navigation
  Text source{};                           // url
  Text origin{};                           // auto.pageload.browser, auto.navigation.browser
};

struct PageLoad : PageTexts, RouteStart {
  bool document_ready = false;  // `document.readyState` is not "loading"
};

struct Navigation : RouteStart {
  // A change of URL that the history told of, or one that the application tells of, as a
  // navigation or as a redirect of the route that is open.
  enum class Kind : int { History, Manual, Redirect };
  Text to;  // as in RouteTracker::classify
  Kind kind = Kind::History;
};

// What became of a page load or of a change of URL.
struct RouteChange {
  Reason reason = Reason::None;
  Handle span = kNoHandle;
  std::uint32_t asks = kAskNothing;  // when not zero, nothing above holds and nothing happened
};

// What the host is asked to decide about: a root that is to start (propagation.md section 7).
struct DecisionInput {
  std::optional<bool> parent_sampled;
  std::optional<double> parent_sample_rate;
};

// What listeners are told of a span.
struct Heard {
  SpanNote::Kind kind = SpanNote::Kind::None;  // none: there is nothing more
  StartedSpan span;
};

// Something for the transport. The text holds until the next call of `take`.
struct Payload {
  // kAskDsc: `text` is the DSC as JSON, of the root `id`. kAskIgnored: it is an array of spans, the
  // root `id` and what is finished below it.
  std::uint32_t asks = kAskNothing;
  Text text;
  std::uint32_t id = 0;     // for `settled`; 0: nothing to send
  Handle root = kNoHandle;  // whose transaction it is; its record may be gone
};

// Where spans have a say, what is declared here takes the place of its namesake in Propagation.
class Runtime : public Propagation {
 public:
  explicit Runtime(Random& random, const HostTraits& host = {});
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime();

  // Replaces all options; what is recorded stays.
  // The texts must hold until the next call.
  void configure(const Settings& settings);
  // Copies the texts.
  void set_page(const PageLocation& location, const PageFacts& facts);
  // Nothing is attached or recorded any more; open route spans end and are due.
  void close(UnixTime now);

  // `reason`: where the trace of the page came from, or why none was continued.
  RouteChange page_load(const PageLoad& page);
  RouteChange route_change(const Navigation& navigation);
  // The application says that the page is there, which it announced with
  // `enableReportPageLoaded`.
  void report_page_loaded(UnixTime now);
  // After an event asked for a decision: what there is to decide by.
  const DecisionInput& decision_input() const { return decision_input_; }
  // The name that a route span to `href` gets.
  Text route_span_name(Text href) const;

  void document_ready(UnixTime now);
  void interaction(UnixTime now) { route_.interaction(now); }
  // These three may end an idle span. They answer what they ask before: with kAskEnd nothing
  // happened, and it is about `ending`.
  std::uint32_t page_hidden(Place place, UnixTime now);
  std::uint32_t wake(UnixTime now);
  std::uint32_t end_span(Handle span, UnixTime end, UnixTime now);
  Handle ending() const { return ending_; }
  // When `wake` has something to do; nothing: never.
  std::optional<UnixTime> deadline() const;

  RequestAnswer request(const RequestStart& request);
  // `status` -1: it failed without a response. `content_length` 0: not known.
  void response(Handle span, int status, double content_length, UnixTime now);

  // The browser measured a request that started then, to the URL `name`. Its texts are copied.
  // Returns whether there is a span below a root for it.
  bool resource(Text name, UnixTime start, const ResourceTiming& timing);

  StartedSpan start_span(Place place, const SpanStart& start, UnixTime now);
  // A span that is active in its scope until it ends by itself (route/idle_span.h).
  StartedSpan start_idle_span(Place place, const SpanStart& start, const IdleOptions& idle,
                              UnixTime now);
  // Lets an idle span that started without it end by itself.
  void enable_auto_finish(Handle span, UnixTime now);
  // The span that is active there; without handle if there is none.
  StartedSpan active_span(Place place);
  // Makes a span active in a scope until it ends; then what was active before is active again.
  void activate(Handle scope, Handle span);
  // The span of that number in the tree from `span` down, which is number 0 itself, siblings in the
  // order of their starts; without handle if there are not as many.
  StartedSpan span_below(Handle span, int number);
  // Hangs a span below another one of its tree; nothing happens where that is below it.
  void add_child(Handle parent, Handle child);
  Tracer& tracer() { return tracer_; }
  // What listeners have not been told yet, the earliest first.
  Heard hear();
  bool has_heard() const { return !heard_.empty(); }

  // Header texts of a request made at `place` now; they hold while the number is the same.
  HeaderTexts header_texts_at(Place place, bool with_traceparent = false);
  // The DSC of them; `own`: listeners of createDsc may add to it.
  Dsc dsc_at(Place place, bool* own);
  // As JSON text: where the trace of this place came from, what was decided and why.
  String explain_trace(Place place);
  // The span id of headers made without a request: the active span's, else that of the trace.
  SpanId span_id_at(Place place);
  // The span as JSON text; empty for a handle that is not known (any more).
  String span_json(Handle span);

  // As Outbox::weigh, before a payload is posted.
  bool weigh(std::uint32_t id, std::size_t bytes) { return outbox_.weigh(id, bytes); }
  // The URL to post payloads to; empty: nothing can be sent.
  String endpoint() const;
  // The next thing to send: ended roots, then, if a report is wanted, the client report. `dsc`:
  // what listeners made of the one that was asked about; `marked`: the host did `mark_ignored`.
  Payload take(UnixTime now, const Dsc* dsc = nullptr, bool marked = false);
  // Something happened that is to be sent as an event, but is no transaction: an error. Appends
  // three lines: the number for `settled`, then what write_event_frame does, to which the host adds
  // the rest; nothing where nothing can be sent.
  void open_event(String& out, UnixTime now);
  // The patterns of `ignoreSpans`; `configure` takes all away.
  SpanFilter& span_filter() { return filter_; }
  // What the host's patterns say of the spans that `take` asked about: '1' for each that matches.
  void mark_ignored(Handle root, Text marks);
  bool has_payload() const { return !tracer_.due().empty() || report_wanted_; }
  // The next report is due, if something was lost.
  void want_report() { report_wanted_ = true; }
  // As Outbox::settled.
  void settled(std::uint32_t id, int status, std::uint32_t spans = 0) {
    outbox_.settled(id, status, spans);
  }
  LossCounts& losses() { return losses_; }

 protected:
  // Tells idle spans and listeners what the event did.
  void after_event(UnixTime now);
  // Notes on a span what is to be known of a request that was decided about.
  static void note_request(SpanRecord& span, const RequestStart& request,
                           const TargetDecision& decision);
  static void note_timing(SpanRecord& span, const ResourceTiming& timing);

  PageFacts page_;
  SpanFilter filter_;
  LossCounts losses_;
  Outbox outbox_;
  const char* platform_;
  DecisionInput decision_input_;
  String payload_;

 private:
  // What a decision about a root of that context goes by.
  DecisionInput decision_input_of(const PropagationContext& context) const;
  void start_route_span(const RouteStart& route, Text href, Text op, IdleOptions idle);
  void name_route(const RouteStart& route, Text href);
  void describe_route_span(SpanRecord& span, const RouteStart& route, Text op);
  StartedSpan start_span_here(Scope& scope, Place place, const SpanStart& start, UnixTime now);
  IdleSpan* idle_span(Handle span);
  // Whether somebody is to be asked before the span ends.
  bool asks_before_end(IdleSpan* idle);
  // Marks what `ignoreSpans` matches below a root.
  void filter_children(Root& root);
  // Takes what `ignoreSpans` matches out of a root, and counts it. Returns whether that is the
  // root.
  bool drop_ignored(Root& root);
  void finish_idle(Handle span, Text reason, UnixTime requested_end);

  SpanStore store_;
  Tracer tracer_;
  List<IdleSpan*> idle_spans_;
  struct Activated {
    SpanId id;
    Handle scope;
    Handle previous;
  };
  List<Activated> activated_;
  List<SpanNote> heard_;
  Handle route_span_ = kNoHandle;
  // Of the latest route, which a redirect leaves alone (lifecycle.md section 5).
  String route_url_;
  Handle ending_ = kNoHandle;
  String route_name_;  // also of a route whose span has ended
  bool report_wanted_ = false;
};

}  // namespace throughline
