// Somebody else's service: any page may read it, but it agrees to no extra header. A request that
// carried one would fail in the browser. It is on no target list and not instrumented.

import http from 'node:http';

import { listen, tellRequest } from './parent.mjs';

const reviews = {
  sopp: { stars: 4.8, count: 214, quote: 'The first lamp we agreed on.', by: 'Ingrid, Bergen' },
  klokke: { stars: 4.7, count: 96, quote: 'Dinner takes longer now.', by: 'Tomas, Graz' },
  bue: { stars: 4.6, count: 58, quote: 'It reads over my shoulder.', by: 'Maud, Lille' },
  papir: { stars: 4.5, count: 341, quote: 'Weightless, and so is the room.', by: 'Kenji, Oslo' },
  krok: { stars: 4.9, count: 127, quote: 'It stays. That is all I asked.', by: 'Pia, Turku' },
  vegg: { stars: 4.4, count: 73, quote: 'The stairs look taller.', by: 'Jo, Leith' },
};

const server = http.createServer((request, response) => {
  tellRequest(request);
  response.setHeader('access-control-allow-origin', '*');
  if (request.method !== 'GET') {
    response.writeHead(204).end();
    return;
  }
  const id = request.url.split('/')[2];
  const found = request.url === '/reviews' ? reviews : reviews[id];
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ?? { error: 'unknown lamp' }));
});

listen(server);
