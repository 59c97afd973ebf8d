// Posts envelopes on a thread of its own, so that no request waits for the viewer.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

class Delivery {
 public:
  Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  // Posts what is left first.
  ~Delivery();

  void add(const std::string& url, std::string envelope);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::string, std::string>> waiting_;  // URL and envelope
  bool ending_ = false;
  std::thread thread_;
};
