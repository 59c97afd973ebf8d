// Differences that are ours to repair: the specification is on the peer's side. Their scenarios
// count as skipped as long as exactly these differences show up, and fail when they are gone.
//
// `differs` is `path: [ours, peer]`; `spec` the sentence that we break; `cause` where it probably
// lies.
import { like } from './lib/differences.mjs';

const emptyOptions = [
  {
    scenario: 'page load: empty release and environment',
    differs: { 'transactions 0 envelope trace release': [undefined, ''] },
    spec: 'propagation.md 6.1: release, where it is set',
    cause: 'an empty release counts as none (make_dsc): nobody is helped by one',
  },
];

const delivery = [
  {
    scenario: 'delivery: the receiver wants no more transactions',
    differs: {
      'transactions 1': [like({ transaction: 'second' }), undefined],
      'losses ratelimit_backoff transaction': [undefined, 1],
    },
    spec: 'envelope.md 7 and 7.1: rate-limit headers are read from every response except 413',
    cause:
      'send (js/browser/host.ts) answers the status alone, and tl_settled takes no headers: rate limits are not built yet',
  },
];

export const known = [emptyOptions, delivery].flat();
