// A server that renders its pages by a template engine, and answers the headers of all other requests.
import { readFileSync } from 'node:fs';
import http from 'node:http';

import { Eta } from 'eta';
import { getActiveSpan, init, serializeBaggage } from 'throughline/node';

const { DSN: dsn } = process.env;
init({ dsn, tracesSampleRate: 1, release: 'shop & "lamps"@1, beta' });

// Placeholders as other engines have them: two braces, and what stands there is escaped.
const eta = new Eta({
  tags: ['{{', '}}'],
  parse: { exec: '!', interpolate: '', raw: '~' },
  useWith: true,
});
const template = readFileSync(new URL('page.eta', import.meta.url), 'utf8');
const script = readFileSync(new URL('../../../dist/throughline.min.js', import.meta.url));

const server = http.createServer(({ url, headers }, response) => {
  if (url === '/throughline.min.js') {
    response.setHeader('content-type', 'text/javascript').end(script);
  } else if (url.startsWith('/lamps')) {
    const span = getActiveSpan();
    const page = eta.renderString(template, { title: 'Lamps', dsn, span, serializeBaggage });
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  } else {
    response.end(JSON.stringify(headers));
  }
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
