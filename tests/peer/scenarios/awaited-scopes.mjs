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
    name: 'scopes: three of them, and a user in parts',
    needs: ['getGlobalScope'],
    transactions: 2,
    script: (sdk) => {
      sdk.getGlobalScope().setTags({ a: 'global', b: 'global', c: 'global' });
      sdk.getGlobalScope().setUser({ email: 'a@example.com', id: '1' });
      sdk.getIsolationScope().setTags({ b: 'isolation', c: 'isolation' }).setUser({ id: '2' });
      sdk
        .getCurrentScope()
        .setTag('c', 'current')
        .setExtras({ list: [[[[1]]]], none: undefined });
      sdk.getCurrentScope().setLevel('warning').setTransactionName('of errors only');
      sdk.startSpan({ name: 'root', parentSpan: null }, () => {});
    },
  },
  {
    name: 'scopes: nobody is known any more',
    needs: ['setUser'],
    script: (sdk) => {
      sdk.getGlobalScope().setUser({ email: 'a@example.com', plan: 'gold' });
      sdk.setUser({ id: '7' });
      sdk.setUser(null);
    },
  },
  {
    name: 'scopes: what is set in the callback of startSpan',
    needs: ['getCurrentScope'],
    transactions: 3,
    script: (sdk) => {
      sdk.startSpan({ name: 'root', parentSpan: null }, () => {
        sdk.getCurrentScope().setTag('in', 'root');
        sdk.startSpan({ name: 'child' }, () => sdk.getCurrentScope().setTag('in', 'child'));
      });
      sdk.startSpan({ name: 'other', parentSpan: null }, () => {});
    },
  },
  {
    name: 'scopes: set after the root started',
    needs: ['withScope'],
    transactions: 4,
    script: async (sdk, { sent }) => {
      await sent(1);
      const roots = [];
      sdk.withScope((scope) => {
        roots.push(sdk.startInactiveSpan({ name: 'first', parentSpan: null }));
        sdk.withActiveSpan(null, () => {
          roots.push(sdk.startInactiveSpan({ name: 'below' }));
          sdk.getCurrentScope().setTag('below', 'yes');
        });
        scope.setTag('late', 'yes');
        scope.setContext('shop', { name: 'Lagoon' });
        scope.setContext('gone', { a: 1 });
        scope.setContext('gone', null);
      });
      sdk.withScope(() => {
        roots.push(sdk.startInactiveSpan({ name: 'second', parentSpan: null }));
      });
      sdk.setTag('everywhere', 1);
      for (const [index, root] of roots.entries()) {
        root.end();
        await sent(index + 2);
      }
    },
  },
  {
    name: 'scopes: one is entered again',
    needs: ['withScope'],
    transactions: 3,
    script: async (sdk, { note, sent }) => {
      await sent(1);
      let saved;
      const root = sdk.startInactiveSpan({ name: 'root', parentSpan: null });
      sdk.withActiveSpan(root, () => {
        saved = sdk.getCurrentScope();
        saved.setTag('saved', 'yes');
      });
      sdk.withScope(saved, (scope) => {
        note('is that scope', scope === saved && sdk.getCurrentScope() === saved);
        note('active', sdk.getActiveSpan() === root);
        sdk.startSpan({ name: 'child' }, () => {});
        sdk.startSpan({ name: 'own', parentSpan: null }, () => {});
      });
      await sent(2);
      root.end();
    },
  },
  {
    name: 'scopes: a span that starts in another',
    needs: ['withScope'],
    transactions: 3,
    script: (sdk, { note }) => {
      const scope = sdk.getCurrentScope().clone().setTag('of', 'scope');
      sdk.startSpan({ name: 'active', scope, parentSpan: null }, () => {
        sdk.getCurrentScope().setTag('in', 'callback');
      });
      sdk.startInactiveSpan({ name: 'inactive', scope, parentSpan: null }).end();
      note('tags', scope.getScopeData().tags);
    },
  },
  {
    name: 'scopes: data that no JSON can hold',
    needs: ['setContext'],
    script: (sdk) => {
      class Order {
        id = 7;
      }
      const circle = { name: 'circle' };
      circle.self = circle;
      const failure = new TypeError('no');
      failure.stack = 'here';
      sdk.setContext('odd', { circle, order: new Order(), run: function named() {}, nan: NaN });
      sdk.setExtra('failure', failure);
      sdk.setExtra('deep', { a: { b: { c: new Order() }, date: new Date(0), list: [[[1]]] } });
      sdk.setExtra(
        'many',
        Object.fromEntries(Array.from({ length: 1005 }, (_, i) => [`k${i}`, i])),
      );
      sdk.setUser({ id: 7n, toString: Symbol('s') });
      sdk.addBreadcrumb({ message: 'x'.repeat(3000), timestamp: 1, data: { a: { b: { c: {} } } } });
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
