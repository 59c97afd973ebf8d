// Which requests carry headers: tracePropagationTargets, as the servers saw it.
const requests = async (_, { api, xhr, site }) => {
  await fetch('/api/items?page=1');
  await fetch('/other');
  await fetch(`${site}/api/whole`);
  await fetch(`${api}/api/items`);
  await fetch(`${api}/other`);
  await xhr('/api/xhr');
  await xhr(`${api}/xhr`);
};

const withTargets = (name, init) => ({ name: `targets: ${name}`, init, script: requests });

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
  withTargets('a global RegExp', () => ({ tracePropagationTargets: [/api/g] })),
  withTargets('entries of other types', () => ({ tracePropagationTargets: [7, null, '/api/'] })),
  withTargets('headers only', ({ api }) => ({
    tracesSampleRate: undefined,
    tracePropagationTargets: [`${api}/api`, '/other'],
  })),
].map((scenario) =>
  scenario.name.endsWith('headers only') ? { ...scenario, transactions: 0 } : scenario,
);
