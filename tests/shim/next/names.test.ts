/** @jest-environment ./tests/shim/page-environment.js */
import { nameOfPage } from '../../../js/next/browser/names.js';
import { manifestOf } from '../../../js/next/routes.js';

const pages = ['', '/users', '/users/[id]'];
process.env['_throughlineRoutes'] = JSON.stringify(manifestOf(pages, ''));

afterAll(() => {
  delete process.env['_throughlineRoutes'];
});

/** As a server of Next.js leaves it in what the Pages Router made. */
function pageOfPagesRouter(text: string): void {
  document.body.innerHTML = `<script id="__NEXT_DATA__" type="application/json">${text}</script>`;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

test.each([
  ['/', '/', 'url'],
  ['/users', '/users', 'url'],
  ['/users/', '/users', 'url'],
  ['/nowhere/', '/nowhere', 'url'],
  ['/users/7', '/users/:id', 'route'],
  ['/users/7/', '/users/:id', 'route'],
])('a page of the App Router at %s is %s', (path, name, source) => {
  history.replaceState(null, '', path);
  expect(nameOfPage()).toEqual({ name, source, router: 'app' });
});

test.each([
  ['{"page":"/old/[id]"}', '/old/[id]', 'route'],
  ['{"page":', '/old/3', 'url'],
  ['{}', '/old/3', 'url'],
])('a page of the Pages Router with %s is %s', (text, name, source) => {
  history.replaceState(null, '', '/old/3');
  pageOfPagesRouter(text);
  expect(nameOfPage()).toEqual({ name, source, router: 'pages' });
});
