import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { folderWith } from './folder.js';
import type { Service } from './servers.js';

const ROUTE = `
app.get('/api/items', (request, response) => {
  response.json(request.headers);
});

export { app };
`;

export async function startExpress(lines: string): Promise<Service> {
  const folder = folderWith({ 'app.mjs': lines + ROUTE });
  const { app } = (await import(pathToFileURL(join(folder.path, 'app.mjs')).href)) as {
    app: RequestListener;
  };
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          folder.remove();
          resolve();
        });
      }),
  };
}
