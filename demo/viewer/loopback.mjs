// Loaded with `node --import` into the viewer's process, which by itself listens on every network
// interface, looks up its vendor's host and has no option for either.

import dns from 'node:dns';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

// Whatever listens, listens on loopback, and the process that started the viewer hears of it.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...rest) {
  const options = typeof first === 'object' ? first : { port: Number(first) };
  const done = rest.find((argument) => typeof argument === 'function');
  this.once('listening', () => process.send?.({ kind: 'ready' }));
  return listen.call(this, { ...options, host: '127.0.0.1' }, done);
};

// No other name exists.
const local = new Set(['localhost', '127.0.0.1', '::1']);

function notFound(name) {
  const error = new Error(`getaddrinfo ENOTFOUND ${name}`);
  return Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name });
}

const { lookup } = dns;
Object.assign(dns, {
  lookup(name, ...rest) {
    if (local.has(name)) lookup.apply(dns, [name, ...rest]);
    else process.nextTick(rest.at(-1), notFound(name));
  },
});
for (const method of ['lookup', 'resolve4', 'resolve6']) {
  dns.promises[method] = (name) => Promise.reject(notFound(name));
}
syncBuiltinESMExports();

// The viewer's own page stays here as well, whichever browser opens it.
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, ...details) {
  if (event === 'request') {
    const [, response] = details;
    response.setHeader('content-security-policy', "connect-src 'self' http://localhost:*");
  }
  return emit.call(this, event, ...details);
};

// Ends with the process that started it.
process.on('disconnect', () => process.exit());
