// The shop's backend: serves the page with the trace in its meta tags, and the API behind it.

import http from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import express from 'express';

import { lamps } from './lamps.mjs';
import { contentSecurityPolicy, renderPage } from './page.mjs';
import { listen, tell, tellRequest } from './parent.mjs';
import { tunnel } from './tunnel.mjs';

const app = express();
app.disable('x-powered-by');

// The page and the tracing script.

const fileOf = (path) => fileURLToPath(new URL(path, import.meta.url));

app.get('/throughline.min.js', (_request, response) => {
  response.sendFile(fileOf('../../dist/throughline.min.js'));
});

app.use(express.static(fileOf('../page'), { index: false }));

app.get('/', sendPage);
app.get('/lamps/:id', sendPage);

/** Answers with the page, whichever view of it is asked for. */
function sendPage(request, response) {
  tellRequest(request);
  response.set('content-security-policy', contentSecurityPolicy);
  response.set('cache-control', 'no-store');
  response.type('html').send(renderPage());
}

// The API. Both routes ask the services behind this one.

app.use('/api', (request, _response, next) => {
  tellRequest(request);
  next();
});

app.get('/api/products', async (_request, response) => {
  const withOffer = await offers();
  response.json(lamps.map(withOffer));
});

app.get('/api/products/:id', async (request, response) => {
  const lamp = lamps.find(({ id }) => id === request.params.id);
  if (!lamp) {
    response.status(404).json({ error: 'unknown lamp' });
    return;
  }
  const withOffer = await offers();
  response.json(withOffer(lamp));
});

/** @returns what adds to a lamp whether there is one and what it costs, in euros */
async function offers() {
  const { DEMO_STOCK, DEMO_PRICES } = process.env;
  const [levels, prices] = await Promise.all([
    numbers(`${DEMO_STOCK}/levels`),
    numbers(`${DEMO_PRICES}/prices`),
  ]);
  return (lamp) => ({ ...lamp, price: prices[lamp.id], inStock: levels[lamp.id] > 0 });
}

/** @returns {Promise<Record<string, number>>} one per lamp */
async function numbers(url) {
  const answer = await fetch(url);
  return answer.json();
}

// What only the demo needs stays out of the app, and thereby out of the traces: the page's
// envelopes to the viewer, and its own account of its requests to the terminal.

const server = http.createServer(async (request, response) => {
  if (request.method !== 'POST') return app(request, response);
  if (request.url === '/tunnel') return tunnel(request, response);
  if (request.url === '/demo/log') {
    tell({ kind: 'page', entry: JSON.parse(await text(request)) });
    response.writeHead(204).end();
    return;
  }
  return app(request, response);
});

listen(server);
