// How Express is found, whenever and however it is loaded; each in a process of its own.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { startCollector } from './support/collector.mjs';
import { folders } from './support/expresses.mjs';
import { run } from './support/run.mjs';

const folder = fileURLToPath(new URL('../../build/express-found/', import.meta.url));
let collector;

before(async () => {
  collector = await startCollector();
  mkdirSync(folder, { recursive: true });
});

after(() => {
  collector.stop();
});

/** Registers a route, asks for it and ends. */
const serve = `
  const router = express.Router();
  router.get('/users/:id', (request, response) => response.end('ok'));
  app.use('/api', router);
  last(app);
  const server = app.listen(0, '127.0.0.1', async () => {
    await fetch('http://127.0.0.1:' + server.address().port + '/api/users/7');
    server.close();
  });
`;
const options = (extra = '') =>
  `{ dsn: process.env.DSN, tracesSampleRate: 1, debug: true${extra} }`;
const plain = 'const app = express(), last = () => undefined;';
const name = 'GET /api/users/:id';

/** Runs it; names and layers of the transaction that arrived from it. */
async function transactionOf(release, script, type, args = []) {
  const env = { DSN: collector.dsn, SENTRY_RELEASE: release };
  const output = await run(script, env, type, args);
  const { payload } = await collector.find(
    ({ type: kind, payload }) => kind === 'transaction' && payload.release === release,
  );
  const layers = payload.spans
    .filter(({ origin }) => origin === 'auto.http.express')
    .map(({ description }) => description)
    .filter((description) => !['query', 'expressInit'].includes(description));
  return { name: payload.transaction, layers, output };
}

/** As one file, in which nothing is found by the name of its file. */
async function bundled(file, source) {
  writeFileSync(`${folder}${file}.source.cjs`, source);
  await build({
    entryPoints: [`${folder}${file}.source.cjs`],
    outfile: `${folder}${file}.cjs`,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
  return `require(${JSON.stringify(`${folder}${file}.cjs`)})`;
}

for (const [major, path] of Object.entries(folders)) {
  const main = JSON.stringify(`${path}/index.js`);

  describe(`Express ${major}`, () => {
    it('is found in CommonJS', async () => {
      const script = `
        require('throughline/node').init(${options()});
        const express = require(${main});
        ${plain} ${serve}`;
      const { name: found } = await transactionOf(`cjs${major}`, script, 'commonjs');
      assert.equal(found, name);
    });

    it('is found where init runs in a file given to --import', async () => {
      const file = `${folder}instrument${major}.mjs`;
      writeFileSync(file, `import { init } from 'throughline/node'; init(${options()});`);
      const script = `import express from ${main}; ${plain} ${serve}`;
      const args = ['--import', file];
      const { name: found } = await transactionOf(`import${major}`, script, 'module', args);
      assert.equal(found, name);
    });

    it('is found where it was loaded before init', async () => {
      const script = `
        import express from ${main};
        import { init } from 'throughline/node';
        init(${options()});
        ${plain} ${serve}`;
      const { name: found } = await transactionOf(`late${major}`, script, 'module');
      assert.equal(found, name);
    });

    it('is found in a bundle that hands it in', async () => {
      const script = await bundled(
        `handed${major}`,
        `const { init, instrumentExpress } = require('throughline/express');
         init(${options()});
         const express = instrumentExpress(require(${main}));
         ${plain} ${serve}`,
      );
      const { name: found } = await transactionOf(`handed${major}`, script, 'commonjs');
      assert.equal(found, name);
    });

    it('is found by an application in a bundle', async () => {
      const script = await bundled(
        `application${major}`,
        `const { init, setupExpressErrorHandler: last } = require('throughline/express');
         init(${options()});
         const express = require(${main});
         const app = express(); ${serve}`,
      );
      const found = await transactionOf(`application${major}`, script, 'commonjs');
      assert.deepEqual(
        [found.name, /what was mounted until now/.test(found.output)],
        {
          // Layers of version 4 know routes only.
          4: ['GET /users/:id', true],
          5: [name, false],
        }[major],
      );
    });

    it('leaves out the layers that are not wanted', async () => {
      const script = (given) => `
        const { expressIntegration, init } = require('throughline/node');
        init(${options(`, integrations: [expressIntegration(${given})]`)});
        const express = require(${main});
        const app = express(), last = () => undefined;
        app.use(function spared(request, response, next) { next(); });
        ${serve}`;
      const layersBut = async (given, release) => {
        const found = await transactionOf(release + major, script(given), 'commonjs');
        assert.equal(found.name, name);
        return found.layers;
      };
      assert.deepEqual(await layersBut('{ ignoreLayers: ["spared", /users/] }', 'names'), ['/api']);
      assert.deepEqual(
        await layersBut('{ ignoreLayers: [(name) => name === "/api"] }', 'function'),
        ['spared', '/api/users/:id'],
      );
      assert.deepEqual(await layersBut('{ ignoreLayersType: ["router", "middleware"] }', 'types'), [
        '/api/users/:id',
      ]);
    });

    it('is left alone where nothing is recorded', async () => {
      const output = await run(
        `
        const { init } = require('throughline/node');
        const { Module } = require('module');
        const { require: before } = Module.prototype;
        init();
        console.log(Module.prototype.require === before);
      `,
        {},
        'commonjs',
      );
      assert.equal(output, 'true');
    });
  });
}

describe('expressIntegration', () => {
  it('says what is wrong with its options', async () => {
    const output = await run(`
      const { expressIntegration, init } = await import('throughline/node');
      init({ tracesSampleRate: 1, debug: true,
        integrations: [expressIntegration({ ignoreLayers: 'query' })] });
    `);
    assert.match(output, /expressIntegration\.ignoreLayers: expected a list, got string/);
  });
});
