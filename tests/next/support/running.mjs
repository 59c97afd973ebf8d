// The application, a collector of what it and its pages send, and a service that it asks.
import { startCollector } from '../../node/support/collector.mjs';
import { mirror, serve } from '../../node/support/servers.mjs';
import { build, start } from './application.mjs';

/** Of the pages: of Sentry, so that their envelopes go through the tunnel. */
const DSN_OF_PAGES = 'https://public@o1.ingest.sentry.io/2';

/**
 * Builds the application by that major of Next.js and starts it.
 *
 * @param here takes what there is as soon as there is it, so that `stop` ends what came to run
 */
export async function run(major, here) {
  const running = [];
  here.major = major;
  here.stop = () => Promise.all(running.map((part) => part.stop()));

  const collector = await startCollector();
  running.push(collector);
  const service = await serve(mirror);
  running.push(service);
  const built = build(major, { NEXT_PUBLIC_TEST_DSN: DSN_OF_PAGES });
  const { url, stop } = await start(built, {
    TEST_DSN: collector.dsn,
    TEST_INGEST: collector.dsn,
    TEST_SERVICE: service.url,
  });
  running.push({ stop });

  Object.assign(here, {
    collector,
    url,
    dist: built.dist,
    /** A request that follows no redirect. */
    open: (path, headers = {}) => fetch(`${url}${path}`, { headers, redirect: 'manual' }),
    /** The transaction in that trace whose name is `name`. */
    async transactionOf(trace, name) {
      const { payload } = await collector.find(
        ({ type, payload }) =>
          type === 'transaction' &&
          payload.transaction === name &&
          payload.contexts.trace.trace_id === trace,
      );
      return payload;
    },
  });
}
