/** @jest-environment ./tests/shim/page-environment.js */
import { openClient } from '../../../js/api/client.js';
import { recordingBy } from '../../../js/api/recording.js';
import {
  browserTracingIntegration,
  close,
  getClient,
  spanToJSON,
  startBrowserTracingPageLoadSpan,
  startSpan,
} from '../../../js/index.js';
import { hostWithoutPage } from '../support/host.js';
import { tracePage } from '../support/page.js';

beforeEach(() => {
  globalThis.fetch = jest.fn(() => Promise.resolve(new Response()));
});
afterEach(() => close());

describe('a route', () => {
  it('that user code decides about leaves a span of the application around it as it is', () => {
    const tracesSampler = jest.fn(() => 1);
    tracePage({ tracesSampler, integrations: [browserTracingIntegration()] });
    startSpan({ name: 'work', parentSpan: null }, (span) => {
      document.dispatchEvent(new Event('click', { bubbles: true }));
      history.pushState(null, '', '/inside-a-span');
      expect(tracesSampler).toHaveBeenCalledWith(
        expect.objectContaining({ name: '/inside-a-span' }),
      );
      expect(spanToJSON(span)).toMatchObject({
        description: 'work',
        data: { 'sentry.source': 'custom', 'sentry.origin': 'manual' },
      });
    });
  });

  it('by hand leaves a span of the application around it as it is', () => {
    const integrations = [browserTracingIntegration({ instrumentPageLoad: false })];
    tracePage({ tracesSampleRate: 1, integrations });
    startSpan({ name: 'work', parentSpan: null }, (span) => {
      const route = startBrowserTracingPageLoadSpan(getClient()!, { name: '/by/:hand' });
      expect(spanToJSON(route!)).toMatchObject({ description: '/by/:hand', op: 'pageload' });
      expect(spanToJSON(span)).toMatchObject({ description: 'work' });
    });
  });

  // The old one is sent while the event of the new one is settled, and asks for its context.
  it('starts once, where listeners of createDsc see what is sent meanwhile', async () => {
    const send = jest.fn(() => Promise.resolve(200));
    const client = openClient(hostWithoutPage({ recording_: recordingBy(send) }), {
      dsn: 'https://public@collector.test/1',
      tracesSampleRate: 1,
      integrations: [browserTracingIntegration({ instrumentPageLoad: false })],
    })!;
    client.on('createDsc', (dsc) => {
      dsc['added'] = 'yes';
    });
    startBrowserTracingPageLoadSpan(client, { name: '/first' });
    startBrowserTracingPageLoadSpan(client, { name: '/second' });
    await client.flush();
    expect(send).toHaveBeenCalledTimes(1);
  });
});
