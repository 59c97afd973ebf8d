import { withThroughlineConfig } from 'throughline/next/config';

const root = process.env.TEST_ROOT;

export default withThroughlineConfig(
  { turbopack: { root }, outputFileTracingRoot: root },
  { tunnelRoute: '/tunnel' },
);
