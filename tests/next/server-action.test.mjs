// Server actions and failed requests by themselves: what Next.js throws to go elsewhere is told apart.
import assert from 'node:assert/strict';
import { Blob } from 'node:buffer';
import { after, before, test } from 'node:test';

import {
  captureRequestError,
  close,
  init,
  startSpan,
  withServerActionInstrumentation,
} from '../../dist/next.mjs';
import { startCollector } from '../node/support/collector.mjs';
import { PARENT, TRACE, incoming } from '../node/support/servers.mjs';

let collector;

before(async () => {
  collector = await startCollector();
  init({ dsn: collector.dsn, tracesSampleRate: 1 });
});

after(async () => {
  await close();
  collector.stop();
});

/** What `redirect()` and its like throw. */
const thrown = (digest) => Object.assign(new Error(digest), { digest });

for (const [what, error, status] of [
  ['is redirected', thrown('NEXT_REDIRECT;push;/users;307;'), 'ok'],
  ['finds nothing', thrown('NEXT_HTTP_ERROR_FALLBACK;404'), 'not_found'],
  ['fails', new Error('no'), 'internal_error'],
]) {
  test(`an action that ${what} has the status ${status}, and its error goes on`, async () => {
    const name = what.replace(' ', '-');
    const action = withServerActionInstrumentation(name, () => Promise.reject(error));
    await assert.rejects(action, error);
    const { payload } = await collector.transaction(`serverAction/${name}`);
    assert.equal(payload.contexts.trace.status, status);
    assert.equal(payload.contexts.trace.op, 'function.server_action');
  });
}

test('an action answers what it returns, in the trace of the headers, with its form', async () => {
  const formData = new FormData();
  formData.set('title', 'Shoe');
  formData.set('file', new Blob(['x']));
  const headers = Promise.resolve(new Headers(incoming()));
  const answer = await withServerActionInstrumentation('save', { headers, formData }, () => 7);
  const { payload } = await collector.transaction('serverAction/save');
  assert.equal(answer, 7);
  assert.equal(payload.contexts.trace.trace_id, TRACE);
  assert.equal(payload.contexts.trace.parent_span_id, PARENT);
  assert.deepEqual(payload.extra, {
    'server_action_form_data.title': 'Shoe',
    'server_action_form_data.file': '[non-string value]',
  });
});

test('an action inside a request is a transaction of its own in the trace of it', async () => {
  let trace;
  await startSpan({ name: 'request' }, async (span) => {
    trace = span.spanContext().traceId;
    await withServerActionInstrumentation('inside', () => undefined);
  });
  const { payload } = await collector.transaction('serverAction/inside');
  assert.equal(payload.contexts.trace.trace_id, trace);
});

test('an action runs whatever is wrong with the headers', async () => {
  const headers = Promise.reject(new Error('no headers'));
  assert.equal(await withServerActionInstrumentation('bare', { headers }, () => 1), 1);
});

test('a request that failed says so, one that went elsewhere does not', async () => {
  for (const [name, error] of [
    ['failed', new Error('no')],
    ['went', thrown('NEXT_REDIRECT;push;/users;307;')],
  ]) {
    await startSpan({ name }, async () => {
      captureRequestError(error);
    });
  }
  const failed = await collector.transaction('failed');
  const went = await collector.transaction('went');
  assert.equal(failed.payload.contexts.trace.status, 'internal_error');
  assert.notEqual(went.payload.contexts.trace.status, 'internal_error');
});
