// The proxy that the environment names. Not a library: those there are log by one that no bundle of
// ES modules can hold, and what is left of them is this.
//
// Spec: server.md section 10; which variable counts is as in @sentry/node 10.78.
import http, { type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { urlToHttpOptions } from 'node:url';

// As they were when we came: what we send is no request of the application.
const { request: plain } = http;
const { request: encrypted } = https;

/** Whether an entry of `no_proxy` is the end of the host, with or without its port. */
function isExempt({ host, hostname }: URL, list = ''): boolean {
  const entries = list.split(',').map((entry) => entry.trim().toLowerCase());
  return entries.some(
    (entry) => entry === '*' || (entry && (host.endsWith(entry) || hostname.endsWith(entry))),
  );
}

/** What requests to `url` go by; nothing: they go there themselves. */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const { http_proxy: forAll, https_proxy: forEncrypted, no_proxy: exempt } = env;
  const own = url.protocol === 'https:' ? forEncrypted : undefined;
  // One that is empty names none.
  const named = [own, forAll].find(Boolean);
  if (!named || isExempt(url, exempt)) return undefined;
  return new URL(named.includes('://') ? named : `http://${named}`);
}

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** How `http.request`, or `https.request`, gets somewhere. */
export interface Way {
  isEncrypted: boolean;
  options: RequestOptions;
  headers: OutgoingHttpHeaders;
}

/** How a proxy is asked for something; the password is for it alone. */
function askedFor(proxy: URL, path: string, host: string): Way {
  const { protocol, hostname, port, username, password } = proxy;
  const user = [username, password].map(decodeURIComponent).join(':');
  const isEncrypted = protocol === 'https:';
  return {
    isEncrypted,
    options: {
      protocol,
      hostname: withoutBrackets(hostname),
      port: port || (isEncrypted ? 443 : 80),
      path,
      agent: false,
    },
    headers: {
      host,
      ...(user !== ':' && {
        'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}`,
      }),
    },
  };
}

/** A connection through the proxy, encrypted from here to the host. @param patience milliseconds */
function tunnel(proxy: URL, to: URL, patience: number): Promise<Socket> {
  const authority = `${to.hostname}:${to.port || 443}`;
  const { isEncrypted, options, headers } = askedFor(proxy, authority, authority);
  return new Promise((resolve, reject) => {
    const request = (isEncrypted ? encrypted : plain)({
      ...options,
      headers,
      method: 'CONNECT',
      timeout: patience,
    });
    request.on('error', reject);
    request.on('timeout', () => {
      request.destroy(new Error('timeout of the proxy'));
    });
    request.on('connect', ({ statusCode }, socket: Socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        reject(new Error(`the proxy answered ${statusCode}`));
        return;
      }
      socket.setTimeout(0);
      const host = withoutBrackets(to.hostname);
      resolve(tls.connect({ socket, host, servername: isIP(host) ? '' : host }));
    });
    // A proxy that refuses may answer as to any other request.
    request.on('response', (response) => {
      response.destroy();
      reject(new Error(`the proxy answered ${response.statusCode}`));
    });
    request.end();
  });
}

/** How to get to `url` by that proxy. @param patience milliseconds without a sign of it */
export async function byProxy(proxy: URL, url: URL, patience: number): Promise<Way> {
  if (url.protocol !== 'https:') return askedFor(proxy, url.href, url.host);
  const socket = await tunnel(proxy, url, patience);
  const options = { ...urlToHttpOptions(url), createConnection: () => socket };
  return { isEncrypted: true, options, headers: {} };
}
