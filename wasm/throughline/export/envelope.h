// Envelopes: what is handed to the transport.
//
// Spec: envelope.md sections 2, 3, 4.1 and 6.
#pragma once

#include "throughline/base/json.h"
#include "throughline/base/loss_counts.h"
#include "throughline/base/string.h"
#include "throughline/config/options.h"
#include "throughline/context/tracer.h"

namespace throughline {

// The page (or process) as it is when a payload is made.
struct PageFacts {
  Text url;
  Text referrer;
  Text user_agent;
};

struct EnvelopeFacts {
  const ClientOptions& options;
  const SdkInfo& sdk;
  const PageFacts& page;
  UnixTime now;
  const char* platform = "javascript";
};

// Appends the envelope with the one transaction of an ended root to `out`.
void write_transaction_envelope(String& out, Root& root, const EventId& event_id,
                                const EnvelopeFacts& facts);

// Appends the envelope of a standalone span with the DSC of its root.
//
// Spec: envelope.md section 5.
void write_span_envelope(String& out, const SpanRecord& span, const Dsc& dsc,
                         const EnvelopeFacts& facts);

// Appends the envelope of streamed spans: `items` is `count` of them as JSON, with commas between.
//
// Spec: envelope.md section 8.
void write_spans_envelope(String& out, Text items, std::uint32_t count, const Dsc& dsc,
                          const EnvelopeFacts& facts);

// Appends two lines for an event that is no transaction: the header of its envelope, without id and
// trace, and what every event has. `transaction`: name of the route; empty: not known.
void write_event_frame(String& out, Text transaction, const EnvelopeFacts& facts);

// The names of what is switched on, as an array.
void write_integrations(JsonWriter& json, const SdkInfo& sdk);

// Appends the envelope of a client report.
void write_client_report(String& out, const LossCounts& losses, const EnvelopeFacts& facts);

}  // namespace throughline
