// What scopes carry to transactions, and the list of integrations.
export const awaitedScopes = [
  {
    name: 'awaited: tags, user, contexts and extras',
    needs: ['setTag', 'setTags', 'setUser', 'setContext', 'setExtra'],
    script: async (sdk) => {
      sdk.setTag('shelf', 3);
      sdk.setTags({ lamp: 'red', on: true });
      sdk.setUser({ id: '7', email: 'a@example.com' });
      sdk.setContext('shop', { name: 'Lagoon', deep: { a: { b: { c: 1 } } } });
      sdk.setExtra('basket', [1, { a: 2 }]);
      await fetch('/levels');
    },
  },
  {
    name: 'awaited: breadcrumbs',
    needs: ['addBreadcrumb'],
    script: (sdk) => {
      sdk.addBreadcrumb({ message: 'first', category: 'shop', timestamp: 1, data: { a: 1 } });
      sdk.addBreadcrumb({ message: 'second', level: 'warning', timestamp: 2 });
    },
  },
  {
    name: 'awaited: a scope for a while',
    needs: ['withScope'],
    transactions: 2,
    script: (sdk) => {
      sdk.withScope((scope) => {
        scope.setTag('inside', 'yes');
        sdk.startSpan({ name: 'inside', parentSpan: null }, () => {});
      });
    },
  },
  {
    name: 'awaited: the current and the isolation scope',
    needs: ['getCurrentScope', 'getIsolationScope'],
    transactions: 2,
    script: (sdk) => {
      sdk.getCurrentScope().setTag('scope', 'current');
      sdk.getIsolationScope().setTag('scope', 'isolation').setTag('isolation', 'yes');
      sdk.startSpan({ name: 'root', parentSpan: null }, () => {});
    },
  },
  {
    name: 'awaited: initialScope',
    needs: ['initialScope'],
    init: () => ({ initialScope: { tags: { first: 'yes' }, user: { id: '1' } } }),
  },
  {
    name: 'awaited: default integrations switched off',
    needs: ['defaultIntegrations'],
    init: () => ({ defaultIntegrations: false }),
  },
  {
    name: 'awaited: options of the transport',
    needs: ['transportOptions'],
    init: () => ({ transportOptions: { headers: { 'x-app': 'shop' } } }),
  },
];
