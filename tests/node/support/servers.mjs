import http from 'node:http';

/** A server on a free port of the loopback. @param options as those of `http.createServer` */
export async function serve(handler, options = {}) {
  const server = http.createServer(options, handler);
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers the headers of each request as JSON. */
export const mirror = (request, response) => {
  response.end(JSON.stringify(request.headers));
};

/** Text of a response. */
export const textOf = (response) =>
  new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part) => (text += part));
    response.on('end', () => resolve(text));
    response.on('error', reject);
  });

/** A request by `node:http`: status and text of the response. */
export const get = (url, options = {}) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      textOf(response).then((text) => resolve({ status: response.statusCode, text }), reject);
    });
    request.on('error', reject);
    request.end();
  });

export const TRACE = 'a'.repeat(32);
export const PARENT = 'b'.repeat(16);

/** Headers of a caller in a trace. */
export const incoming = (trace = TRACE, sampled = 1) => ({
  'sentry-trace': `${trace}-${PARENT}-${sampled}`,
  baggage: `sentry-trace_id=${trace},sentry-sampled=${sampled === 1},sentry-sample_rand=0.25`,
});
