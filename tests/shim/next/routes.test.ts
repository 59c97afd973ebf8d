import { manifestOf, pageOf, routeOf } from '../../../js/next/routes.js';

const pages = [
  '',
  '/users',
  '/users/[id]',
  '/users/new',
  '/(shop)/items/[item]/parts/[part]',
  '/@modal/login',
  '/docs/[...path]',
  '/files/[[...path]]',
];

test.each([
  ['/', undefined],
  ['/users', undefined],
  ['/users/new', undefined],
  ['/users/7', '/users/:id'],
  ['/users/7/more', undefined],
  ['/items/1/parts/2', '/items/:item/parts/:part'],
  ['/login', undefined],
  ['/docs/a/b', '/docs/:path*'],
  ['/docs', undefined],
  ['/files', '/files/:path*?'],
  ['/files/a/b', '/files/:path*?'],
])('the route of %s is %s', (path, route) => {
  expect(routeOf(manifestOf(pages, ''), path)).toBe(route);
});

test('the base path is in front of all', () => {
  const manifest = manifestOf(pages, '/shop');
  expect(routeOf(manifest, '/shop/users/7')).toBe('/shop/users/:id');
  expect(manifest.static).toContain('/shop/users');
});

test('where several match, the one with fewer parameters in front counts', () => {
  const manifest = manifestOf(['/[...all]', '/[lang]/about', '/en/[page]'], '');
  expect(routeOf(manifest, '/en/about')).toBe('/en/:page');
  expect(routeOf(manifest, '/de/about')).toBe('/:lang/about');
  expect(routeOf(manifest, '/de/a/b')).toBe('/:all*');
});

test.each([
  ['/users/7', '/users/[id]'],
  ['/docs/a/b', '/docs/[...path]'],
  ['/docs', '/docs/[[...path]]'],
  ['/a.b', '/a.b'],
  ['/axb', undefined],
])('the page of %s is %s', (path, page) => {
  const known = ['/a.b', '/users/[id]', '/docs/[...path]', '/docs/[[...path]]'];
  expect(pageOf(known, path)).toBe(page);
});
