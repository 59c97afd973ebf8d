import { defineConfig } from '@playwright/test';

import { findChromium, quietChromium } from '../../.ci/lib/chromium.mjs';

/** Real pages in the system's Chromium; every test starts the servers it needs on free ports. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../build/browser',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // Generous: a machine that builds at the same time is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  globalTimeout: 15 * 60_000,
  workers: 2,
  // The JSON report is what `npm test` counts; by hand it would only fill the terminal.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : 'list',
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium(), args: quietChromium },
  },
  projects: [{ name: 'chromium' }],
});
