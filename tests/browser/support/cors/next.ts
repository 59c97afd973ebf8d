import { join } from 'node:path';

import { folderWith } from './folder.js';
import { startProgram } from './program.js';
import type { Service } from './servers.js';

const ROUTE = `
export function GET(request) {
  return Response.json(Object.fromEntries(request.headers));
}
`;

const ENVIRONMENT = {
  NODE_ENV: 'development',
  NEXT_TELEMETRY_DISABLED: '1',
  // Elsewhere the development server asks the registry for advisories.
  CI: '1',
};

/**
 * The development server: it answers within seconds, where a production build takes half a minute.
 * What both make of `headers()` and of OPTIONS is the same.
 */
export async function startNext(lines: string): Promise<Service> {
  const folder = folderWith({ 'next.config.mjs': lines, 'app/api/items/route.js': ROUTE });
  const program = join(import.meta.dirname, 'next-server.mjs');
  const args = [program, folder.path];
  const next = await startProgram(process.execPath, args, ENVIRONMENT, /http:\/\/127.0.0.1:\d+/);
  return {
    origin: next.said,
    close: async () => {
      await next.end();
      folder.remove();
    },
  };
}
