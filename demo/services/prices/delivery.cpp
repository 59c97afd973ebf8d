#include "delivery.h"

#include <httplib.h>

#include <utility>

#include "traced.h"

namespace {

void post(const std::string& url, const std::string& envelope) {
  const Address address = split(url);
  httplib::Client viewer(address.origin);
  viewer.Post(address.path, envelope, "application/x-sentry-envelope");
}

}  // namespace

Delivery::Delivery() : thread_([this] { run(); }) {}

Delivery::~Delivery() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Delivery::add(const std::string& url, std::string envelope) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(url, std::move(envelope));
  }
  changed_.notify_one();
}

void Delivery::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const auto [url, envelope] = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    post(url, envelope);
    lock.lock();
  }
}
