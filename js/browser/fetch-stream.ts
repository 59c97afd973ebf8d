import type { Integration } from '../api/client.js';
import type { SpanJSON } from '../api/shaping.js';
import { spanToJSON, type AttributeValue, type Span } from '../api/span.js';
import { startInactiveSpan } from '../api/trace.js';

/** Content types of bodies that arrive piece by piece. */
const STREAMS = ['text/event-stream', 'application/x-ndjson', 'application/stream+json'];
/** Milliseconds without a piece, and in all, after which nobody waits for the end any more. */
const QUIET = 5000;
const LONGEST = 90_000;

/** See responses of fetch, each with the span of its request. */
export const onResponse = new Set<(response: Response, request: Span) => void>();

async function readToEnd(body: ReadableStream, span: Span): Promise<void> {
  const reader = body.getReader();
  const stop = (): void => {
    span.end();
    reader.cancel().catch(() => undefined);
  };
  const longest = setTimeout(stop, LONGEST);
  try {
    for (let isDone = false; !isDone;) {
      const quiet = setTimeout(stop, QUIET);
      try {
        isDone = (await reader.read()).done;
      } finally {
        clearTimeout(quiet);
      }
    }
  } finally {
    clearTimeout(longest);
    span.end();
  }
}

function follow(response: Response, request: Span): void {
  const type = response.headers.get('content-type') ?? '';
  const isStream = STREAMS.some((stream) => type.startsWith(stream));
  if (!isStream || response.headers.get('content-length')) return;
  const { body } = response.clone();
  if (!body) return;
  const { description, data }: SpanJSON = spanToJSON(request);
  const kept = (key: string): AttributeValue => data[key] as AttributeValue;
  const span = startInactiveSpan({
    name: description ?? '',
    op: 'http.client.stream',
    attributes: {
      url: kept('url'),
      'http.method': kept('http.method'),
      type: 'fetch',
      'sentry.origin': 'auto.http.browser.stream',
    },
  });
  // That the body breaks off concerns its other reader, the page.
  readToEnd(body, span).catch(() => undefined);
}

/**
 * Spans of bodies that arrive piece by piece: from the headers to the last piece. Reads a copy of
 * each such body.
 *
 * Spec: spans.md section 6.3.
 */
export function fetchStreamPerformanceIntegration(): Integration {
  return {
    name: 'FetchStreamPerformance',
    install() {
      onResponse.add(follow);
      return [() => onResponse.delete(follow)];
    },
  };
}
