// Hands the page's envelopes on to the viewer.
//
// The tracing script posts them without a content type, which spares its users a CORS preflight.
// Spotlight keeps only what says that it is an envelope, so this hop says it.

import http from 'node:http';

import { suppressTracing } from 'throughline/express';

/** @type {http.RequestListener} */
export function tunnel(request, response) {
  suppressTracing(() => {
    const onward = http.request(`${process.env.DEMO_VIEWER}/api/1/envelope/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'user-agent': request.headers['user-agent'] ?? '',
      },
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
}
