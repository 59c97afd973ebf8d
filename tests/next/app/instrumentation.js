import { captureRequestError } from 'throughline/next';

export async function register() {
  const { init } = await import('throughline/next');
  init({ dsn: process.env.TEST_DSN, tracesSampleRate: 1, debug: true });
}

export const onRequestError = captureRequestError;
