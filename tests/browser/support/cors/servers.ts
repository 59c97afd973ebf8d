import { startExpress } from './express.js';
import { startNext } from './next.js';
import { startNginx } from './nginx.js';

/** A service that answers `GET /api/items` with the headers it received, as JSON. */
export interface Service {
  readonly origin: string;
  close(): Promise<void>;
}

/** By heading of the README: starts a service with these lines. */
export const servers: Record<string, (lines: string) => Promise<Service>> = {
  Express: startExpress,
  nginx: startNginx,
  Next: startNext,
};
