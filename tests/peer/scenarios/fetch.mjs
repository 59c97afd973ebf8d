// Requests by fetch below a page load: their spans, and the headers that went out.
import { ownBaggage } from './texts.mjs';

/** An address below the document's, which the peer resolves against the site's root. */
const relative = (at, ours, theirs) => ({
  [`transactions 0 spans ${at} description`]: [
    `GET ${ours.split('?')[0]}`,
    `GET ${theirs.split('?')[0]}`,
  ],
  [`transactions 0 spans ${at} data http.url`]: [`http://site${ours}`, `http://site${theirs}`],
  [`transactions 0 spans ${at} data url.full`]: [`http://site${ours}`, `http://site${theirs}`],
});

const secret = (at, rest, shown, written) => ({
  [`transactions 0 spans ${at} data url`]: [
    `http://${shown}@site${rest}`,
    `http://${written}@site${rest}`,
  ],
  [`transactions 0 spans ${at} data http.url`]: [
    `http://${shown}@site${rest}`,
    `http://${written}@site${rest}`,
  ],
  [`transactions 0 spans ${at} data url.full`]: [
    `http://${shown}@site${rest}`,
    `http://${written}@site${rest}`,
  ],
  [`transactions 0 spans ${at} data server.address`]: ['site', `${written}@site`],
});

export const fetches = [
  {
    name: 'fetch: answers of all kinds',
    script: async () => {
      for (const status of [200, 201, 400, 401, 403, 404, 409, 413, 418, 429, 499]) {
        await fetch(`/status/${status}`);
      }
      for (const status of [500, 501, 502, 503, 504]) await fetch(`/status/${status}`);
    },
  },
  {
    name: 'fetch: without an answer',
    script: async (_, { caught, note, api }) => {
      note('dropped', await caught(() => fetch('/drop')));
      note('dropped by another origin', await caught(() => fetch(`${api}/drop`)));
    },
  },
  {
    name: 'fetch: aborted',
    script: async (_, { caught, note, arrived }) => {
      const controller = new AbortController();
      const pending = fetch('/hold', { signal: controller.signal });
      await arrived('/hold');
      controller.abort();
      note('aborted', await caught(() => pending));
      note('aborted before', await caught(() => fetch('/never', { signal: AbortSignal.abort() })));
    },
  },
  {
    name: 'fetch: redirected',
    script: async (_, { note }) => {
      const response = await fetch('/redirect');
      note('landed', new URL(response.url).pathname);
      note('by hand', (await fetch('/redirect', { redirect: 'manual' })).type);
    },
  },
  {
    name: 'fetch: methods and bodies',
    script: async () => {
      await fetch('/post', { method: 'POST', body: 'text' });
      await fetch('/json', {
        method: 'post',
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
      await fetch('/put', { method: 'put', body: new URLSearchParams({ a: '1' }) });
      await fetch('/patch', { method: 'PATCH', body: '{}' });
      await fetch('/delete', { method: 'DELETE' });
      await fetch('/head', { method: 'HEAD' });
    },
  },
  {
    name: 'fetch: Request objects',
    script: async () => {
      await fetch(new Request('/request'));
      await fetch(new Request('/post', { method: 'POST', body: 'x', headers: { 'x-app': '1' } }));
      await fetch(new Request('/both', { method: 'PUT', headers: { 'x-app': '1' } }), {
        headers: { 'x-other': '2' },
      });
      await fetch(new Request('/method', { method: 'PUT' }), { method: 'DELETE' });
    },
  },
  {
    name: 'fetch: URL objects',
    script: async (_, { api }) => {
      await fetch(new URL('/url?a=b#c', location.href));
      await fetch(new URL(`${api}/url?a=b#c`));
      await fetch({ toString: () => '/by-text' });
    },
  },
  {
    name: 'fetch: the page has headers',
    script: async () => {
      await fetch('/object', { headers: { 'x-app': 'object' } });
      await fetch('/pairs', { headers: [['x-app', 'pairs']] });
      await fetch('/headers', { headers: new Headers({ 'x-app': 'headers' }) });
      await fetch('/null', null);
      await fetch('/undefined', undefined);
      await fetch('/empty', {});
      await fetch('/no-headers', { headers: undefined });
    },
  },
  {
    name: 'fetch: the page has baggage',
    differs: {
      'fetch-headers vectors: white space around the commas of baggage is not significant': {
        'requests GET site/pairs 0 baggage': [
          `shop=2,b=c,${ownBaggage()}`,
          `shop=2,b=c, ${ownBaggage()}`,
        ],
      },
    },
    script: async () => {
      await fetch('/object', { headers: { baggage: 'shop=1' } });
      await fetch('/pairs', { headers: [['baggage', 'shop=2,b=c']] });
      await fetch('/headers', { headers: new Headers({ baggage: 'shop=3;p=1' }) });
      await fetch('/ours', { headers: { baggage: 'sentry-release=theirs,shop=4' } });
      await fetch('/request', {
        headers: new Request('/', { headers: { baggage: 'a=b' } }).headers,
      });
    },
  },
  {
    name: 'fetch: the page has sentry-trace',
    script: async () => {
      const own = '12345678901234567890123456789012-1121201211212012-0';
      await fetch('/object', { headers: { 'sentry-trace': own } });
      await fetch('/pairs', { headers: [['sentry-trace', own]] });
      await fetch('/headers', { headers: new Headers({ 'sentry-trace': own }) });
      await fetch('/both', { headers: { 'sentry-trace': own, baggage: 'shop=1' } });
    },
  },
  {
    name: 'fetch: header names in capitals',
    differs: {
      'propagation.md 12 Δ: names are compared without regard to case': {
        'requests GET site/object 0 sentry-trace': [
          '12345678901234567890123456789012-1121201211212012-0',
          '12345678901234567890123456789012-1121201211212012-0, trace0-span0.0-1',
        ],
        'requests GET site/object 0 baggage': [`shop=1,${ownBaggage()}`, `shop=1, ${ownBaggage()}`],
        'requests GET site/pairs 0 sentry-trace': [
          '12345678901234567890123456789012-1121201211212012-0',
          '12345678901234567890123456789012-1121201211212012-0, trace0-span0.1-1',
        ],
      },
    },
    script: async () => {
      const own = '12345678901234567890123456789012-1121201211212012-0';
      await fetch('/object', { headers: { 'Sentry-Trace': own, Baggage: 'shop=1' } });
      await fetch('/pairs', { headers: [['SENTRY-TRACE', own]] });
    },
  },
  {
    name: 'fetch: traceparent',
    init: () => ({ propagateTraceparent: true }),
    script: async (_, { api }) => {
      await fetch('/levels');
      const own = '00-12345678901234567890123456789012-1121201211212012-01';
      await fetch('/own', { headers: { traceparent: own } });
      await fetch(`${api}/elsewhere`);
    },
  },
  {
    name: 'fetch: addresses',
    differs: {
      'spans.md 6.1 Δ: //host/p is named without query': {
        'transactions 0 spans 5 description': ['GET //site/scheme', 'GET //site/scheme?a=1'],
        'transactions 0 spans 5 data http.query': ['?a=1', undefined],
      },
    },
    path: '/shop/lamps/list',
    script: async (_, { site, siteHost }) => {
      await fetch('/absolute/path');
      await fetch('/query?a=1&b=%20c');
      await fetch('/fragment#part');
      await fetch('/both?a=1#part');
      await fetch(`${site}/whole?a=1#part`);
      await fetch(`//${siteHost}/scheme?a=1`);
      await fetch('/sp ace/ü');
      await fetch('/dots/../dot?../x');
      await fetch(`${site.replace('http', 'HTTP')}/upper`);
      await fetch('/%2e%2e/percent');
    },
  },
  {
    name: 'fetch: relative addresses',
    differs: {
      'spans.md 6.1 Δ: resolved against the base URL of the document': {
        ...relative(0, '/shop/lamps/red', '/red'),
        ...relative(1, '/shop/lamps/red', '/red'),
        ...relative(2, '/shop/up', '/up'),
        ...relative(3, '/shop/lamps/list?only=query', '/?only=query'),
      },
    },
    path: '/shop/lamps/list?x=1',
    script: async () => {
      await fetch('red');
      await fetch('./red');
      await fetch('../up');
      await fetch('?only=query');
    },
  },
  {
    name: 'fetch: relative addresses at the root',
    script: async () => {
      await fetch('red');
      await fetch('red?a=1#b');
      await fetch('./red/blue');
    },
  },
  {
    name: 'fetch: user name and password',
    differs: {
      'spans.md 6.1 Δ: user name and password never appear': {
        ...secret(0, '/x', '%filtered%:%filtered%', 'user:secret'),
        ...secret(1, '/x?a=1', '%filtered%', 'user'),
      },
    },
    script: async (_, { siteHost, caught, note }) => {
      note('both', await caught(() => fetch(`http://user:secret@${siteHost}/x`)));
      note('user', await caught(() => fetch(`http://user@${siteHost}/x?a=1`)));
    },
  },
  {
    name: 'fetch: addresses that are none',
    differs: {
      'spans.md 6.1 Δ: what cannot be parsed is named without query': {
        'transactions 0 spans 0 description': [
          'GET http://localhost:99999/x',
          'GET http://localhost:99999/x?a=1',
        ],
      },
    },
    script: async (_, { caught, note }) => {
      note('port', await caught(() => fetch('http://localhost:99999/x?a=1')));
      note('nothing', await caught(() => fetch('http://')));
    },
  },
  {
    name: 'fetch: data and blob addresses',
    script: async (_, { note }) => {
      note('text', await (await fetch('data:,hello')).text());
      note('long', await (await fetch('data:text/html,a-text-of-more-than-ten')).text());
      note('base64', await (await fetch('data:text/plain;charset=utf-8;base64,aGVsbG8=')).text());
    },
  },
  {
    name: 'fetch: side by side',
    script: async () => {
      await Promise.all([fetch('/a'), fetch('/b'), fetch('/c')]);
    },
  },
  {
    name: 'fetch: spans not wanted for some',
    differs: {
      'propagation.md 10 Δ: an unwanted span leaves trace and decision as they are': {
        'requests GET site/quiet 0 sentry-trace': ['trace0-span0-1', 'trace1-unsent0-0'],
        'requests GET site/quiet 0 baggage': [
          ownBaggage(),
          'sentry-environment=test,sentry-release=shop%401,sentry-public_key=public,sentry-trace_id=trace1,sentry-sampled=false',
        ],
      },
    },
    init: () => ({ tracing: { shouldCreateSpanForRequest: (url) => !url.includes('quiet') } }),
    script: async () => {
      await fetch('/loud');
      await fetch('/quiet');
    },
  },
  {
    name: 'fetch: not traced',
    init: () => ({ tracing: { traceFetch: false } }),
    script: async (_, { xhr }) => {
      await fetch('/fetch');
      await xhr('/xhr');
    },
  },
  {
    name: 'fetch: open when the page load ends',
    init: () => ({ tracing: { childSpanTimeout: 200 } }),
    script: (_, { hold }) => hold(),
  },
  {
    name: 'fetch: after the page load',
    script: async (_, { sent }) => {
      await fetch('/during');
      await sent(1);
      await fetch('/after/1');
      await fetch('/after/2');
    },
  },
  {
    name: 'fetch: wrapped by the page afterwards',
    script: async () => {
      const before = globalThis.fetch;
      globalThis.fetch = (...args) => before(...args);
      await fetch('/levels');
    },
  },
];
