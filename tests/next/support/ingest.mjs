// Loaded into the server of the application before all else: connections to the ingest of Sentry end
// at the collector of the test, as if the network led there.
import { Agent } from 'node:https';
import { connect } from 'node:net';

const { port } = new URL(process.env.TEST_INGEST);
const { createConnection } = Agent.prototype;

Agent.prototype.createConnection = function (options, done) {
  if (!options.host?.endsWith('.sentry.io')) return createConnection.call(this, options, done);
  return connect({ host: '127.0.0.1', port });
};
