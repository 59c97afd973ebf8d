// A page that only loads: what the transaction of a page load is made of.
export const pageLoads = [
  { name: 'page load: plain' },
  {
    name: 'page load: address with query and fragment',
    path: '/shop/lamps?currency=nok&page=2#top',
  },
  {
    name: 'page load: release, environment and dist',
    init: () => ({ release: 'shop@1.2.3+4', environment: 'staging', dist: '77' }),
  },
  {
    name: 'page load: neither release nor environment',
    init: () => ({ release: undefined, environment: undefined }),
  },
];
