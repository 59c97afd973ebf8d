// URLs, and the requests to them that carry headers.
#include <vector>

#include "fuzz/answers/answers.h"
#include "throughline/config/dsn.h"
#include "throughline/propagate/targets.h"
#include "throughline/url/normal_form.h"
#include "throughline/url/parts.h"
#include "throughline/url/sanitise.h"

namespace throughline::fuzz {
namespace {

constexpr const char* kSdkName = "sentry.javascript.browser";
constexpr const char* kSdkVersion = "10.63.0";

}  // namespace

// The page, its base and what the host answers to each URL come along with the question: the core
// gets an answer only when it asks for it.
void answer_targets(Question& in, Answer& out) {
  PageLocation page;
  page.href = in.text();
  page.base_url = in.text();
  std::vector<Pattern> patterns;
  const bool restricted = in.flag().value_or(false);
  for (double left = in.number(); left > 0; --left) {
    const std::optional<Text> text = in.next();
    patterns.push_back({!text, text.value_or(Text{})});
  }
  Targets targets;
  targets.configure(restricted ? std::optional<std::span<const Pattern>>{patterns} : std::nullopt);
  while (!in.done()) {
    const Text url = in.text();
    const Text resolved = in.text();
    const double matched = in.number();
    // As before every request.
    targets.set_page(page);
    TargetDecision decision = targets.decide(url);
    if ((decision.asks & kAskResolvedUrl) != 0) {
      targets.answer_resolved(url, resolved);
      decision = targets.decide(url);
    }
    if ((decision.asks & kAskPatterns) != 0) {
      targets.answer_patterns(url, static_cast<int>(matched));
      decision = targets.decide(url);
    }
    if (decision.asks != kAskNothing) {
      out.nothing();
    } else {
      out.flag(decision.attach);
    }
  }
}

void answer_url_form(Question& in, Answer& out) {
  switch (url_form(in.text())) {
    case UrlForm::Ask:
      out.text("ask");
      break;
    case UrlForm::Path:
      out.text("path");
      break;
    case UrlForm::Absolute:
      out.text("absolute");
      break;
  }
}

void answer_url_parts(Question& in, Answer& out) {
  const UrlParts parts = split_url(in.text());
  const UrlParts other = split_url(in.text());
  out.text(parts.scheme).text(parts.userinfo).text(parts.host).text(parts.path);
  out.text(parts.query).text(parts.fragment).text(parts.origin);
  out.flag(same_origin(parts, other));
}

void answer_credentials(Question& in, Answer& out) { out.text(filter_credentials(in.text())); }

void answer_dsn(Question& in, Answer& out) {
  const Result<Dsn> dsn = parse_dsn(in.text());
  if (!dsn) return;
  out.text(dsn->protocol).text(dsn->public_key).text(dsn->secret).text(dsn->host);
  out.text(dsn->port).text(dsn->path).text(dsn->project_id);
  out.text_if_any(dsn->org_id()).text(dsn->text());
  out.text(envelope_endpoint(*dsn, kSdkName, kSdkVersion));
}

}  // namespace throughline::fuzz
