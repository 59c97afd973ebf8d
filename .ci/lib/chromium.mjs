// The Chromium that tests, demo check and benchmark drive. It is never downloaded.
import { which } from './programs.mjs';

export const chromiumNames = [
  ...(process.env.THROUGHLINE_CHROMIUM ? [process.env.THROUGHLINE_CHROMIUM] : []),
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * @returns {string} the full path of the browser; `THROUGHLINE_CHROMIUM` names another one.
 */
export function findChromium() {
  const path = which(...chromiumNames);
  if (path) return path;
  throw new Error('No Chromium found: run `npm run setup`, or set THROUGHLINE_CHROMIUM.');
}

/** Keeps the browser from calling home; what stays are the requests of the page. */
export const quietChromium = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
