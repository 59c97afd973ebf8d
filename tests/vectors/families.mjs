// Tables that the core alone cannot be held to: kinds with markup, header objects, history,
// performance entries or hooks, which run through shim and core.
//
// A kind maps to a function that runs one case of it and says how that went:
// `async (testCase) => ({ verdict: 'pass' | 'fail' | 'skip', detail: 'expected …, got …' })`.
// A kind that is not here is left to the runner in tests/cases_runner.
export const families = new Map();
