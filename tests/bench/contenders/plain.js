// The page without any tracing: what all others are measured beyond.
globalThis.contender = {
  init() {},
  inRoot: (callback) => callback(),
  span() {},
};
