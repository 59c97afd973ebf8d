/** What `fetch` is called with. */
export type FetchArguments = [input: RequestInfo | URL, init?: RequestInit, ...rest: unknown[]];

export function urlOf(input: RequestInfo | URL): string {
  if (typeof input === 'string') return input;
  return input instanceof Request ? input.url : String(input);
}

// With two arguments the second one's method counts, then the Request's.
export function methodOf(input: RequestInfo | URL, init: RequestInit | undefined): string {
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  return method.toUpperCase();
}

/** A copy of `init` with other headers; the caller's object is only read. */
export function withHeaders(init: RequestInit | undefined, headers: HeadersInit): RequestInit {
  const prototype: unknown = init && Object.getPrototypeOf(init);
  if (!init || prototype === Object.prototype || prototype === null) return { ...init, headers };
  // Getters of a class, or of a Request used as init: they want their own object as `this`.
  return new Proxy(init, {
    get: (target, key) => (key === 'headers' ? headers : (Reflect.get(target, key) as unknown)),
  });
}
