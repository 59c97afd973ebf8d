// The same by XMLHttpRequest.
import { ownBaggage } from './texts.mjs';

export const xhrs = [
  {
    name: 'xhr: answers of all kinds',
    script: async (_, { xhr, note }) => {
      const got = [];
      for (const status of [200, 201, 401, 404, 429, 500, 503, 504]) {
        got.push(await xhr(`/status/${status}`));
      }
      note('statuses', got);
    },
  },
  {
    name: 'xhr: without an answer',
    script: async (_, { xhr, note, api }) => {
      note('dropped', await xhr('/drop'));
      note('dropped by another origin', await xhr(`${api}/drop`));
    },
  },
  {
    name: 'xhr: aborted',
    script: async (_, { xhr, note, arrived }) => {
      const before = async (request) => {
        await arrived('/hold');
        request.abort();
      };
      note('aborted', await xhr('/hold', { before }));
    },
  },
  {
    name: 'xhr: redirected',
    script: async (_, { xhr, note }) => note('status', await xhr('/redirect')),
  },
  {
    name: 'xhr: methods and bodies',
    script: async (_, { xhr }) => {
      await xhr('/post', { method: 'post', body: 'text' });
      const headers = { 'content-type': 'application/json' };
      await xhr('/json', { method: 'POST', headers, body: '{"a":1}' });
      await xhr('/put', { method: 'put', body: new URLSearchParams({ a: '1' }) });
      await xhr('/delete', { method: 'DELETE' });
    },
  },
  {
    name: 'xhr: the page has headers',
    script: async (_, { xhr }) => {
      await xhr('/app', { headers: { 'x-app': 'kept' } });
      await xhr('/baggage', { headers: { baggage: 'shop=1' } });
      await xhr('/ours', { headers: { baggage: 'sentry-release=theirs' } });
      const own = '12345678901234567890123456789012-1121201211212012-0';
      await xhr('/trace', { headers: { 'sentry-trace': own } });
      await xhr('/capitals', { headers: { 'Sentry-Trace': own } });
    },
  },
  {
    name: 'xhr: traceparent',
    init: () => ({ propagateTraceparent: true }),
    script: async (_, { xhr }) => {
      await xhr('/levels');
      const own = '00-12345678901234567890123456789012-1121201211212012-01';
      await xhr('/own', { headers: { traceparent: own } });
    },
  },
  {
    name: 'xhr: addresses',
    path: '/shop/lamps/list',
    script: async (_, { xhr, site, siteHost }) => {
      await xhr('/absolute/path');
      await xhr('/query?a=1&b=%20c');
      await xhr('/fragment#part');
      await xhr(`${site}/whole?a=1#part`);
      await xhr(`//${siteHost}/scheme?a=1`);
      await xhr(new URL('/object?a=1', site));
    },
  },
  {
    name: 'xhr: relative addresses',
    differs: {
      'spans.md 6.1 Δ: resolved against the base URL of the document': {
        'transactions 0 spans 0 data http.url': [
          'http://site/shop/lamps/red?a=1',
          'http://site/red?a=1',
        ],
        'transactions 0 spans 0 data url.full': [
          'http://site/shop/lamps/red?a=1',
          'http://site/red?a=1',
        ],
        'transactions 0 spans 1 data http.url': ['http://site/shop/up', 'http://site/up'],
        'transactions 0 spans 1 data url.full': ['http://site/shop/up', 'http://site/up'],
      },
    },
    path: '/shop/lamps/list',
    script: async (_, { xhr }) => {
      await xhr('red?a=1');
      await xhr('../up');
    },
  },
  {
    name: 'xhr: user name and password',
    differs: {
      'spans.md 6.1 Δ: user name and password never appear': {
        'transactions 0 spans 0 description': [
          'GET http://%filtered%:%filtered%@site/x',
          'GET http://user:secret@site/x',
        ],
        ...Object.fromEntries(
          ['url', 'http.url', 'url.full'].map((key) => [
            `transactions 0 spans 0 data ${key}`,
            ['http://%filtered%:%filtered%@site/x?a=1', 'http://user:secret@site/x?a=1'],
          ]),
        ),
        'transactions 0 spans 0 data server.address': ['site', 'user:secret@site'],
      },
    },
    script: async (_, { xhr, siteHost }) => {
      await xhr(`http://user:secret@${siteHost}/x?a=1`);
    },
  },
  {
    name: 'xhr: a data address',
    script: async (_, { xhr, note }) =>
      note('status', await xhr('data:text/plain,a-long-long-text')),
  },
  {
    name: 'xhr: spans not wanted for some',
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
    script: async (_, { xhr }) => {
      await xhr('/loud');
      await xhr('/quiet');
    },
  },
  {
    name: 'xhr: not traced',
    init: () => ({ tracing: { traceXHR: false } }),
    script: async (_, { xhr }) => {
      await xhr('/xhr');
      await fetch('/fetch');
    },
  },
  {
    name: 'xhr: after the page load',
    script: async (_, { xhr, sent }) => {
      await sent(1);
      await xhr('/after/1');
      await xhr('/after/2');
    },
  },
  {
    name: 'xhr: one object twice',
    script: async (_, { note }) => {
      const request = new XMLHttpRequest();
      for (const path of ['/first', '/second']) {
        await new Promise((resolve) => {
          request.open('GET', path);
          request.setRequestHeader('x-app', path);
          request.onloadend = resolve;
          request.send();
        });
      }
      note('status', request.status);
    },
  },
  {
    name: 'xhr: what looks like delivery',
    script: async (_, { xhr }) => {
      await xhr('/collect?sentry_key=public', { method: 'POST', body: '{}' });
    },
  },
];
