import * as Throughline from 'throughline/next';

Throughline.init({ dsn: process.env.NEXT_PUBLIC_TEST_DSN, tracesSampleRate: 1 });

// What is no function is to Next.js as if it were not exported.
export const onRouterTransitionStart =
  globalThis.tellsOfTransitions === false ? undefined : Throughline.captureRouterTransitionStart;
