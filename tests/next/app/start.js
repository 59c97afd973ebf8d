'use client';

import * as Throughline from 'throughline/next';

// The server renders it as well.
if (typeof window !== 'undefined') {
  Throughline.init({ dsn: process.env.NEXT_PUBLIC_TEST_DSN, tracesSampleRate: 1 });
}

export default function Start() {
  return null;
}
