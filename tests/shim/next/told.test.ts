import { tellServer, toldHere } from '../../../js/next/told.js';

const STANDALONE = '__NEXT_PRIVATE_STANDALONE_CONFIG';

afterEach(() => {
  delete process.env['_throughlineServer'];
  delete process.env[STANDALONE];
});

test('the build lies where Next.js puts it, unless something else is told', () => {
  expect(toldHere()).toEqual({ distDir: '.next' });
});

test('the server knows what the configuration says', () => {
  tellServer({ distDir: 'built', tunnel: '/shop/tunnel' });
  expect(toldHere()).toEqual({ distDir: 'built', tunnel: '/shop/tunnel' });
});

test('a configuration that says nothing means the default, whatever was told before', () => {
  tellServer({ distDir: 'built', tunnel: '/tunnel' });
  tellServer({});
  expect(toldHere()).toEqual({ distDir: '.next' });
});

test('a standalone server has its configuration from the build', () => {
  process.env[STANDALONE] = JSON.stringify({ distDir: './built', output: 'standalone' });
  expect(toldHere()).toEqual({ distDir: './built' });
});

test('a configuration that cannot be read is none', () => {
  process.env[STANDALONE] = '{';
  expect(toldHere()).toEqual({ distDir: '.next' });
});
