#include "throughline/span/span_store.h"

#include <new>

namespace throughline {
namespace {

SpanRecord* latest_finished(const Root& root) {
  SpanRecord* latest = nullptr;
  for (SpanRecord* child : root.children) {
    if (child->ended && (latest == nullptr || child->start >= latest->start)) latest = child;
  }
  return latest;
}

}  // namespace

void add_link(TextArena& arena, SpanLink** links, const SpanLink& link) {
  while (*links != nullptr) links = &(*links)->next;
  *links = new (arena.allocate(sizeof(SpanLink))) SpanLink(link);
}

SpanStore::~SpanStore() {
  for (const Root* root : roots_) delete root;
  for (const Root* root : sent_) delete root;
}

bool SpanStore::has_room() const {
  std::size_t bytes = 0;
  for (const Root* root : roots_) bytes += root->arena.bytes();
  return bytes < max_bytes_;
}

Root* SpanStore::add_root(Text name) {
  if (!has_room()) {
    losses_.add("buffer_overflow", "transaction");
    losses_.add("buffer_overflow", "span");
    return nullptr;
  }
  Root& root = *new Root;
  roots_.push_back(&root);
  root.span.root = &root;
  root.span.name = root.arena.copy(name);
  root.span.handle = records_.add(&root.span);
  return &root;
}

SpanRecord* SpanStore::add_child(Root& root, SpanRecord& parent, UnixTime start) {
  // A child that would be the first to go once it is finished gets no record to begin with.
  const bool too_late =
      root.finished >= kMaxFinishedChildren && start >= root.latest_finished_start;
  if (too_late || !has_room()) {
    losses_.add("buffer_overflow", "span");
    return nullptr;
  }
  auto* child = new (root.arena.allocate(sizeof(SpanRecord))) SpanRecord;
  child->root = &root;
  child->parent = &parent;
  child->parent_id = parent.id;
  child->start = start;
  child->handle = records_.add(child);
  root.children.push_back(child);
  return child;
}

void SpanStore::finish_child(SpanRecord& child, UnixTime end) {
  Root& root = *child.root;
  child.end = end;
  child.ended = true;
  ++root.finished;
  if (child.start > root.latest_finished_start) root.latest_finished_start = child.start;
  if (root.finished <= kMaxFinishedChildren) return;
  losses_.add("buffer_overflow", "span");
  remove_child(*latest_finished(root));
  root.latest_finished_start = latest_finished(root)->start;
}

void SpanStore::remove_child(SpanRecord& child) {
  Root& root = *child.root;
  if (child.ended) --root.finished;
  // Grandchildren stay in the tree at the place of the one that goes; their parent id tells
  // whose they were.
  for (SpanRecord* other : root.children) {
    if (other->parent == &child) other->parent = child.parent;
  }
  erase<SpanRecord*>(root.children, &child);
  records_.remove(child.handle);
}

void SpanStore::hold(Handle root) {
  if (SpanRecord* span = find(root)) span->root->held = true;
}

void SpanStore::retire(Root& root) {
  if (!root.held || root.arena.bytes() > kMaxSentBytes) {
    remove_root(root);
    return;
  }
  root.sent = true;
  erase<Root*>(roots_, &root);
  sent_.push_back(&root);
  if (sent_.size() <= max_sent_) return;
  Root& oldest = *sent_.front();
  sent_.erase_at(0);
  remove_root(oldest);
}

void SpanStore::remove_root(Root& root) {
  records_.remove(root.span.handle);
  for (const SpanRecord* child : root.children) records_.remove(child->handle);
  erase<Root*>(roots_, &root);
  delete &root;
}

}  // namespace throughline
