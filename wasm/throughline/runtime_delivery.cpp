// The part of the core that hands out what is to be sent.
#include <utility>

#include "throughline/export/span_json.h"
#include "throughline/runtime.h"

namespace throughline {

String Runtime::endpoint() const {
  const ClientOptions& options = settings_.client;
  if (!options.tunnel.empty()) return String{options.tunnel};
  if (!options.dsn) return {};
  return envelope_endpoint(*options.dsn, settings_.sdk.name, settings_.sdk.version);
}

void Runtime::filter_children(Root& root) {
  for (SpanRecord* child : root.children) child->ignored = filter_.matches(*child);
}

void Runtime::mark_ignored(Handle handle, Text marks) {
  SpanRecord* span = store_.find(handle);
  if (span == nullptr) return;
  const auto mark = [&marks](SpanRecord& record) {
    record.ignored = !marks.empty() && marks[0] == '1';
    if (!marks.empty()) marks.remove_prefix(1);
  };
  mark(*span);
  each_in_tree_order(*span->root, [&mark](SpanRecord& child) {
    if (child.ended) mark(child);
  });
}

bool Runtime::drop_ignored(Root& root) {
  const auto lose = [this](std::uint32_t spans) { losses_.add("before_send", "span", spans); };
  if (filter_.matches(root.span)) {
    losses_.add("before_send", "transaction");
    lose(root.finished + 1);
    return true;
  }
  filter_children(root);
  const List<SpanRecord*>& children = root.children;
  for (std::size_t i = children.size(); i-- > 0;) {
    SpanRecord& child = *children[i];
    if (!child.ignored || !child.ended) continue;
    lose(1);
    for (SpanRecord* other : children) {
      if (other->parent == &child) other->parent_id = child.parent_id;
    }
    store_.remove_child(child);
  }
  return false;
}

Payload Runtime::take(UnixTime now, const Dsc* dsc, bool marked) {
  payload_ = String();
  const ClientOptions& options = settings_.client;
  const EnvelopeFacts facts{options, settings_.sdk, page_, now, platform_};
  const char* category = nullptr;
  Handle of_root = kNoHandle;
  List<Handle>& due = tracer_.due();
  while (!due.empty() && payload_.empty()) {
    SpanRecord* span = store_.find(due.front());
    if (span == nullptr) {
      due.erase_at(0);
      continue;
    }
    Root& root = *span->root;
    const bool alone = span->standalone;
    category = alone ? "span" : "transaction";
    of_root = span->handle;
    const bool sends = root.sampled && options.dsn && root.dsc;
    if (sends && tracer_.listeners.create_dsc && root.own_dsc) {
      if (dsc == nullptr) {
        JsonWriter json(payload_);
        write_dsc(json, *root.dsc);
        return {kAskDsc, payload_, span->handle};
      }
      root.dsc = *std::exchange(dsc, nullptr);
    }
    if (root.sampled && filter_.asks_host() && !std::exchange(marked, false)) {
      JsonWriter json(payload_);
      json.open_array();
      write_span(json, *span);
      each_in_tree_order(root, [&json, alone](const SpanRecord& child) {
        if (child.ended && !alone) write_span(json, child);
      });
      json.close_array();
      return {kAskIgnored, payload_, span->handle};
    }
    due.erase_at(0);
    if (alone) {
      if (!root.sampled || !options.dsn) {
        // Counted when it ended, or there is nobody to tell.
      } else if (filter_.matches(*span)) {
        losses_.add("before_send", "span");
      } else if (outbox_.has_room(category)) {
        write_span_envelope(payload_, *span, tracer_.dsc(root), facts);
      }
      if (span->parent != nullptr) {
        store_.remove_child(*span);
      } else {
        store_.retire(root);
      }
      continue;
    }
    for (const SpanRecord* child : root.children) {
      // A request that outlasts its root belongs into no transaction (spans.md section 6.2).
      if (!child->ended && child->request == nullptr) losses_.add("invalid", "span");
    }
    if (root.sampled && options.dsn && !drop_ignored(root) && outbox_.has_room(category)) {
      write_transaction_envelope(payload_, root, make_event_id(random_), facts);
    }
    store_.retire(root);
  }
  if (payload_.empty() && std::exchange(report_wanted_, false) && options.dsn &&
      options.send_client_reports && !losses_.empty() && outbox_.has_room(nullptr)) {
    category = nullptr;
    of_root = kNoHandle;
    write_client_report(payload_, losses_, facts);
    losses_.clear();
  }
  if (payload_.empty()) return {};
  return {kAskNothing, payload_, outbox_.add(category), of_root};
}

void Runtime::open_event(String& out, UnixTime now) {
  constexpr const char* kCategory = "error";
  const ClientOptions& options = settings_.client;
  if (!options.enabled || !options.dsn || !outbox_.has_room(kCategory)) return;
  JsonWriter(out).value(static_cast<double>(outbox_.add(kCategory)));
  out.append("\n");
  write_event_frame(out, route_name_, {options, settings_.sdk, page_, now});
}

}  // namespace throughline
