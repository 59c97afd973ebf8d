// A sentence for each reason of the core, by its name (wasm/throughline/base/reason.h).

/** What a reason means, and what can be done where something can. */
export const SENTENCES: Readonly<Record<string, string>> = {
  // Attach or not (propagation.md section 11).
  'same-origin':
    "It goes to the page's own origin, which gets headers unless options say otherwise.",
  'target-matched': 'An entry of tracePropagationTargets matches the URL.',
  'other-origin':
    'It leaves the origin of the page, and tracePropagationTargets is not set: add the origin to it.',
  'no-target-matched':
    'No entry of tracePropagationTargets matches the URL: texts have to occur in it, letter by letter.',
  'opaque-origin': 'Such a URL has no origin that could be that of the page.',
  'unparsable-url': 'The browser cannot make a URL of that text.',
  'own-request': 'It is the delivery of a Sentry SDK, which is never traced.',
  'already-set':
    'The application has set a sentry-trace header of its own, which stays: leave it out to get ours.',
  disabled: 'Tracing is off: init was called with enabled: false, or close was called.',
  'core-unavailable':
    "Nothing runs: init was not called, close was, or the page's Content-Security-Policy lacks 'wasm-unsafe-eval'.",
  // Where a trace came from (propagation.md section 8.1).
  'continued-meta': 'It continues the trace that the server wrote into the meta tags of the page.',
  'continued-server-timing':
    'It continues the trace that the server sent in the Server-Timing header of the page.',
  'continued-argument': 'It continues the trace that the caller gave.',
  'fresh-trace':
    'It began here: the page has no sentry-trace meta tag, or an empty one. Does the server render it?',
  'malformed-header':
    'It began here: what arrived as sentry-trace does not have the form TRACE-SPAN-FLAG.',
  'other-organisation':
    'It began here: the trace that arrived belongs to another organisation (orgId, strictTraceContinuation).',
  'new-trace': 'It began here: startNewTrace was called.',
  // Whether a root is recorded (propagation.md section 7).
  'tracing-off': 'Nothing is recorded: neither tracesSampleRate nor tracesSampler is set.',
  'traces-sampler': 'tracesSampler decided whether it is recorded.',
  'parent-decision':
    'The service that the trace came from, or the root of this route, decided whether it is recorded.',
  'traces-sample-rate': 'tracesSampleRate decided whether it is recorded.',
  'invalid-rate': 'Nothing is recorded: the rate is no number from 0 to 1.',
  'sampler-threw': 'Nothing is recorded: tracesSampler threw, and nothing else decides.',
  // Changes of URL (lifecycle.md sections 4 and 5).
  navigation: 'It began here, with a change of URL.',
  redirect: 'The URL changed right after the route began, which still is that route.',
  'same-url': 'The URL did not change.',
  'still-on-start-url': 'The page is still where it began.',
};
