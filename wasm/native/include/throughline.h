// Throughline for C++ services: continues the trace of an incoming request, records spans, carries
// the trace on to other services and to pages, and hands what was recorded to a callback.
//
//   throughline::Options options;
//   options.dsn = "https://key@host/1";
//   options.traces_sample_rate = 0.2;
//   options.on_envelope = [](const std::string& url, std::string envelope) {
//     return post(url, envelope);  // the status of the answer, 0 if there was none
//   };
//   throughline::Client client(std::move(options));
//
//   // In a handler:
//   throughline::Request request = client.incoming({.method = "GET",
//                                                   .target = "/items/7",
//                                                   .host = "shop.test",
//                                                   .sentry_trace = header("sentry-trace"),
//                                                   .baggage = header("baggage")});
//   request.set_route("/items/:id");
//   {
//     throughline::Span query = request.start_span({.name = "SELECT items", .op = "db.query"});
//     throughline::Call call = request.start_call({.method = "GET", .url = stock_url});
//     call.finish(get(stock_url, call.headers()));
//   }
//   request.finish(200);
//
// Threads: a Client, and what it gives out, may be used by all threads at any time; only moving,
// assigning and destroying one object is for one thread at a time, as with any other object. Spans
// have the parent that started them, never one that a thread happens to be in.
//
// Nothing here throws but std::bad_alloc, and nothing that is handed in does harm. What was moved
// from, and what belongs to a client that was closed, does nothing and answers with empty texts.
// Texts that are handed in are read during the call and should be UTF-8.
#pragma once

#include "throughline-cpp/client.h"   // IWYU pragma: export
#include "throughline-cpp/options.h"  // IWYU pragma: export
#include "throughline-cpp/span.h"     // IWYU pragma: export
