import { withThroughlineConfig } from 'throughline/next/config';

const root = process.env.TEST_ROOT;

export default withThroughlineConfig(
  {
    distDir: process.env.TEST_DIST_DIR,
    turbopack: { root },
    outputFileTracingRoot: root,
    // Nobody ships it: what it needs besides is not looked for.
    outputFileTracingExcludes: { '*': ['**/*'] },
    // One process after the other takes twice the time.
    experimental: { webpackBuildWorker: false },
  },
  { tunnelRoute: '/tunnel' },
);
