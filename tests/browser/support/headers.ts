import { expect } from '@playwright/test';

import type { Received } from './server.js';

export interface SentryTrace {
  traceId: string;
  spanId: string;
  /** `1`, `0`, or nothing while undecided. */
  flag: string | undefined;
}

/** The parts of a request's `sentry-trace`; fails the test when there is none. */
export function sentryTrace({ path, headers }: Received): SentryTrace {
  const text = String(headers['sentry-trace']);
  expect(text, `sentry-trace of ${path}`).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}(-[01])?$/);
  const [traceId = '', spanId = '', flag] = text.split('-');
  return { traceId, spanId, flag };
}

/** The members of a request's `baggage`, decoded. */
export function baggage({ headers }: Received): Record<string, string> {
  const members = String(headers['baggage'] ?? '').split(',');
  return Object.fromEntries(
    members.map((member) => member.split('=').map(decodeURIComponent) as [string, string]),
  );
}

/** Fails when anything of a trace stands in the request. */
export function expectNoTrace({ path, headers }: Received): void {
  const { 'sentry-trace': trace, baggage: members, traceparent } = headers;
  expect({ trace, members, traceparent }, `trace headers of ${path}`).toEqual({});
}
