import * as Throughline from 'throughline/next';

Throughline.init({ dsn: process.env.NEXT_PUBLIC_TEST_DSN, tracesSampleRate: 1 });

export const onRouterTransitionStart = Throughline.captureRouterTransitionStart;
