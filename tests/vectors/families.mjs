// Tables that the core alone cannot be held to: kinds with markup, header objects, history,
// performance entries or hooks, which run through shim and core.
//
// A kind maps to a function that runs one case of it and says how that went:
// `async (testCase) => ({ verdict: 'pass' | 'fail' | 'skip', detail: 'expected …, got …' })`.
// A kind that is not here is left to the runner in tests/cases_runner, which has its own of some
// kinds that are.
import { fetchHeaders, requestHeaders, xhrHeaders } from './header_families.mjs';
import { ignoreSpans } from './ignored_spans_family.mjs';
import { metaTags } from './page_load_family.mjs';
import { httpSpans } from './request_family.mjs';
import { navigation } from './route_family.mjs';
import { spanV2, transactionEnvelopes } from './transaction_family.mjs';

export const families = new Map(
  Object.entries({
    'fetch-headers': fetchHeaders,
    'http-spans': httpSpans,
    'ignore-spans': ignoreSpans,
    'meta-tags': metaTags,
    navigation,
    'request-headers': requestHeaders,
    'span-v2': spanV2,
    'transaction-envelopes': transactionEnvelopes,
    'xhr-headers': xhrHeaders,
  }),
);
