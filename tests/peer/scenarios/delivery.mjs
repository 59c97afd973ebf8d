// What becomes of transactions on their way, as the reports of losses tell it.
const later = async (sdk, { sent, turn }) => {
  await sent(1);
  await sdk.flush(2000);
  sdk.startSpan({ name: 'second' }, () => {});
  await turn();
  await sdk.flush(2000);
};

export const delivery = [
  {
    name: 'delivery: the receiver wants no more transactions',
    init: ({ dsn }) => ({ dsn: dsn.replace(/1$/, '2') }),
    script: later,
  },
  {
    name: 'delivery: too large',
    transactions: 2,
    init: ({ dsn }) => ({ dsn: dsn.replace(/1$/, '3') }),
    script: later,
  },
  {
    name: 'delivery: broken off',
    transactions: 2,
    init: ({ dsn }) => ({ dsn: dsn.replace(/1$/, '4') }),
    script: later,
  },
  {
    name: 'delivery: without reports',
    transactions: 0,
    init: () => ({ tracesSampleRate: 0, sendClientReports: false }),
    script: () => fetch('/levels'),
  },
  {
    name: 'delivery: a DSN with path and secret',
    init: ({ dsn }) => ({
      dsn: dsn.replace('public@', 'public:secret@').replace(/1$/, 'below/here/7'),
    }),
    script: () => fetch('/levels'),
  },
];
