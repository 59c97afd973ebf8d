import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { which } from '../../../../.ci/lib/programs.mjs';
import { nginxNames } from '../../../../.ci/lib/requirements.mjs';
import { listen } from '../server.js';
import { folderWith } from './folder.js';
import { startProgram } from './program.js';
import type { Service } from './servers.js';

/** The service behind nginx, as the README's lines name it. */
const BEHIND = 'http://127.0.0.1:3000';
const KINDS_OF_TEMPORARY_FILES = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** All in one process and one folder, for whoever may not write to the system's. */
const configuration = (lines: string, port: number): string => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${KINDS_OF_TEMPORARY_FILES.map((kind) => `${kind}_temp_path ${kind};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${lines}
  }
}
`;

/** nginx cannot pick a port by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startNginx(lines: string): Promise<Service> {
  const behind = await listen(({ headers }) => ({ body: JSON.stringify(headers) }));
  const port = await freePort();
  const text = configuration(lines.replace(BEHIND, behind.origin), port);
  const folder = folderWith({ 'nginx.conf': text });
  const args = ['-p', folder.path, '-c', 'nginx.conf', '-e', 'stderr'];
  // Its version is what it says once it listens.
  const nginx = await startProgram(which(...nginxNames) ?? 'nginx', args, {}, /nginx\/\d/);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      await nginx.end();
      await behind.close();
      folder.remove();
    },
  };
}
