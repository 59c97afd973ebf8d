// The least that can attach headers: two fixed ones, decided by one prefix.
globalThis.contender = {
  init({ target }) {
    const ours = {
      'sentry-trace': '0123456789abcdef0123456789abcdef-0123456789abcdef-1',
      baggage: 'sentry-trace_id=0123456789abcdef0123456789abcdef,sentry-sampled=true',
    };
    const original = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      if (!(location.origin + input).startsWith(target)) return original(input, init);
      // A plain object: Chromium takes several times as long over a Headers.
      return original(input, { ...init, headers: { ...init?.headers, ...ours } });
    };
  },
};
