// The second service: how many lamps are in the workshop. The shop's backend and the prices ask it,
// and so does the page itself, from another origin.

import http from 'node:http';

import cors from 'cors';
import express from 'express';

import { listen, tellRequest } from './parent.mjs';

const inWorkshop = { sopp: 12, klokke: 4, bue: 2, papir: 31, krok: 9, vegg: 0 };

const app = express();

app.use((request, _response, next) => {
  tellRequest(request);
  next();
});

// A page may only send headers that the other origin agrees to. These are the ones of a trace.
app.use(
  cors({
    origin: [process.env.DEMO_SHOP],
    allowedHeaders: ['sentry-trace', 'baggage', 'traceparent', 'content-type'],
  }),
);

app.get('/levels', (_request, response) => {
  response.json(inWorkshop);
});

app.get('/surplus', (_request, response) => {
  response.json(Object.keys(inWorkshop).filter((id) => inWorkshop[id] > 10));
});

app.get('/availability/:id', (request, response) => {
  const pieces = inWorkshop[request.params.id];
  if (pieces === undefined) {
    response.status(404).json({ error: 'unknown lamp' });
    return;
  }
  response.json({ id: request.params.id, pieces, days: pieces > 0 ? 2 : 21 });
});

listen(http.createServer(app));
