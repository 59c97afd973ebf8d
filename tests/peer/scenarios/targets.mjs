// Which requests carry headers: tracePropagationTargets, as the servers saw it.
import { ownBaggage } from './texts.mjs';

const requests = async (_, { api, xhr, site }) => {
  await fetch('/api/items?page=1');
  await fetch('/other');
  await fetch(`${site}/api/whole`);
  await fetch(`${api}/api/items`);
  await fetch(`${api}/other`);
  await xhr('/api/xhr');
  await xhr(`${api}/xhr`);
};

const withTargets = (name, init, more) => ({
  name: `targets: ${name}`,
  init,
  script: requests,
  ...more,
});

export const targets = [
  withTargets('unset', () => ({})),
  withTargets('none', () => ({ tracePropagationTargets: [] })),
  withTargets('a path', () => ({ tracePropagationTargets: ['/api/'] })),
  withTargets('an origin', ({ api }) => ({ tracePropagationTargets: [api] })),
  withTargets('everything', () => ({ tracePropagationTargets: [''] })),
  withTargets('a RegExp for paths', () => ({ tracePropagationTargets: [/^\/api\/items$/] })),
  withTargets('a RegExp for addresses', () => ({ tracePropagationTargets: [/^http:.*items/] })),
  withTargets('a list of both', ({ api }) => ({
    tracePropagationTargets: [/^\/other/, `${api}/xhr`],
  })),
  withTargets('a function', () => ({ tracePropagationTargets: [(url) => url.endsWith('/other')] })),
  withTargets('a global RegExp', () => ({ tracePropagationTargets: [/api/g] }), {
    differs: {
      'propagation.md 11 Δ: a global RegExp starts anew': {
        'requests GET api/api/items 0 sentry-trace': ['trace0-span0.3-1', undefined],
        'requests GET api/api/items 0 baggage': [ownBaggage(), undefined],
        'requests OPTIONS api/api/items': [
          [{ 'access-control-request-headers': 'baggage,sentry-trace' }],
          undefined,
        ],
      },
    },
  }),
  withTargets('entries of other types', () => ({ tracePropagationTargets: [7, null, '/api/'] })),
  withTargets(
    'headers only',
    ({ api }) => ({
      tracesSampleRate: undefined,
      tracePropagationTargets: [`${api}/api`, '/other'],
    }),
    { transactions: 0 },
  ),
];
