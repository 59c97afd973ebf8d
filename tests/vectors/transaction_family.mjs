// Trees of spans, and the envelopes that come of them: kinds transaction-envelopes and span-v2.
import { patternIn } from './patterns.mjs';
import { withPage } from './page.mjs';
import { Symbols } from './symbols.mjs';
import { same } from './verdict.mjs';
import { settle } from './virtual_clock.mjs';

/** Of the table: 0 ms of its clock. */
const EPOCH = 1_700_000_000_000;

/** A value as an application writes it. */
const valueOf = (value) => (value?.js === 'undefined' ? undefined : value);

const valuesOf = (attributes) =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, valueOf(value)]));

const LISTS = ['ignoreSpans', 'ignoreTransactions'];

/** Options as an application in `window` writes them. */
function optionsOf(window, given = {}) {
  const options = {
    dsn: 'https://pub@o42.ingest.example.io/7',
    release: 'app@1.0',
    tracesSampleRate: 1,
    ...given,
  };
  if (options.tracesSampleRate === null) delete options.tracesSampleRate;
  for (const name of LISTS) {
    if (options[name]) options[name] = options[name].map(patternIn(window));
  }
  return options;
}

/** What user code does to an event. */
const eventHook =
  ({ setTransaction, setTag: [key, value] = [], keepSpans, returnNull }) =>
  (event) => {
    if (returnNull) return null;
    if (setTransaction !== undefined) event.transaction = setTransaction;
    if (key !== undefined) event.tags = { ...event.tags, [key]: value };
    if (keepSpans !== undefined) event.spans = event.spans.slice(0, keepSpans);
    return event;
  };

const spanHook =
  ({ rename: [from, to] = [], setData }) =>
  (span) => {
    if (from !== undefined && span.description === from) span.description = to;
    return { ...span, data: { ...span.data, ...setData } };
  };

/** The same of streamed spans. */
const streamedSpanHook =
  ({ rename: [from, to] = [], setAttributes }) =>
  (span) => {
    if (from !== undefined && span.name === from) span.name = to;
    return { ...span, attributes: { ...span.attributes, ...setAttributes } };
  };

const sampler =
  ({ byName = {}, returns }) =>
  ({ name }) =>
    byName[name] ?? returns;

/** Callbacks of the application as options. */
const hooksOf = (throughline, { beforeSendSpan, beforeSendTransaction, tracesSampler } = {}) => ({
  ...(beforeSendSpan && {
    beforeSendSpan: beforeSendSpan.streamed
      ? throughline.withStreamedSpan(streamedSpanHook(beforeSendSpan))
      : spanHook(beforeSendSpan),
  }),
  ...(beforeSendTransaction && { beforeSendTransaction: eventHook(beforeSendTransaction) }),
  ...(tracesSampler && { tracesSampler: sampler(tracesSampler) }),
});

function carry(throughline, { user, tags, extra, contexts = {}, breadcrumbs = [] }) {
  if (user) throughline.setUser(user);
  if (tags) throughline.setTags(tags);
  if (extra) throughline.setExtras(extra);
  for (const [name, context] of Object.entries(contexts)) throughline.setContext(name, context);
  for (const breadcrumb of breadcrumbs) throughline.addBreadcrumb(breadcrumb);
}

/** Runs trees of spans, and keeps which span is which. */
class Program {
  spans = new Map();
  thrown = [];

  constructor({ throughline, clock }) {
    this.api = throughline;
    this.clock = clock;
  }

  run(spans = []) {
    for (const span of spans) {
      if (span.repeat) this.#repeat(span);
      else this.#start(span);
    }
  }

  #repeat({ name, repeat, stepMs }) {
    for (let i = 0; i < repeat; i++) {
      const child = this.api.startInactiveSpan({ name: `${name}${i}` });
      this.clock.now += stepMs;
      child.end();
    }
  }

  #setClock(ms) {
    if (ms !== undefined) this.clock.now = ms;
  }

  #linkOf = ({ to, attributes }) => ({ context: this.spans.get(to).spanContext(), attributes });

  #start(given) {
    const { name, op, startTime, onlyIfParent, forceTransaction, parent, links } = given;
    this.#setClock(given.at);
    const options = {
      name,
      ...(op !== undefined && { op }),
      ...(startTime !== undefined && { startTime }),
      ...(onlyIfParent && { onlyIfParent }),
      ...(forceTransaction && { forceTransaction }),
      ...(given.attributes && { attributes: valuesOf(given.attributes) }),
      ...(given.standalone && { experimental: { standalone: true } }),
      ...(links && { links: links.map(this.#linkOf) }),
      ...(parent !== undefined && { parentSpan: parent === null ? null : this.spans.get(parent) }),
    };
    const inside = (span) => {
      this.spans.set(given.ref ?? name, span);
      for (const action of given.do ?? []) this.#act(action, span);
      this.run(given.children);
      this.#setClock(given.endAt);
      if (given.throws !== undefined) throw new Error(given.throws);
      if (!given.neverEnds && (given.inactive || given.endTime !== undefined)) {
        span.end(given.endTime);
      }
    };
    if (given.inactive) inside(this.api.startInactiveSpan(options));
    else if (given.neverEnds) this.api.startSpanManual(options, inside);
    else this.#catch(() => this.api.startSpan(options, inside));
  }

  #catch(run) {
    try {
      run();
    } catch (error) {
      this.thrown.push(error.message);
    }
  }

  #act(action, span) {
    const { api } = this;
    const does = {
      setAttribute: ([key, value]) => span.setAttribute(key, valueOf(value)),
      setAttributes: (attributes) => span.setAttributes(valuesOf(attributes)),
      setStatus: (status) => span.setStatus(status),
      updateName: (name) => span.updateName(name),
      updateSpanName: (name) => api.updateSpanName(span, name),
      httpStatus: (code) => api.setHttpStatus(span, code),
      measurement: ([name, value, unit = '']) => api.setMeasurement(name, value, unit),
      addLink: (link) => span.addLink(this.#linkOf(link)),
      tag: ([key, value]) => api.setTag(key, value),
    };
    for (const [name, given] of Object.entries(action)) does[name](given);
  }
}

const counted = (spans, nameOf) => ({
  count: spans.length,
  first: nameOf(spans[0]),
  last: nameOf(spans.at(-1)),
});

/** As the table writes those of which it tells only how many there are. */
function summarised({ items, ...envelope }) {
  const shorten = ({ payload: { spans, items: streamed, ...payload }, ...item }) => ({
    ...item,
    payload: {
      ...payload,
      ...(spans && { spans: counted(spans, (span) => span?.description) }),
      ...(streamed && { items: counted(streamed, (span) => span?.name) }),
    },
  });
  return { ...envelope, items: items.map(shorten) };
}

const SDK = ['sentry.sdk.name', 'sentry.sdk.version', 'sentry.sdk.integrations'];
/** Of the integration `httpContextIntegration`, which is always on. */
const PAGE = ['url.full', 'http.request.header.user_agent', 'http.request.header.referer'];

/** A streamed span without what the table says nothing of. */
function asTold(span, { integrations = [] }) {
  const untold = integrations.includes('httpContextIntegration') ? SDK : [...SDK, ...PAGE];
  const attributes = Object.entries(span.attributes).filter(([key]) => !untold.includes(key));
  return { ...span, attributes: Object.fromEntries(attributes) };
}

async function check({ in: given, out }, entry) {
  const { options, hooks, page: url, referrer, rand } = given;
  const setting = { entry, url, referrer, rand, epoch: EPOCH, userAgent: 'UA/1.0' };
  return withPage(setting, async (page) => {
    const { throughline, window, envelopes } = page;
    const client = throughline.init({
      ...optionsOf(window, options),
      ...hooksOf(throughline, hooks),
      ...(entry === 'streaming' && { integrations: [throughline.spanStreamingIntegration()] }),
    });
    if (hooks?.eventProcessor) client.addEventProcessor(eventHook(hooks.eventProcessor));
    if (given.scope) carry(throughline, given.scope);
    const program = new Program(page);
    const run = () => program.run(given.spans);
    if (given.continueTrace) throughline.continueTrace(given.continueTrace, run);
    else run();
    await settle();
    page.setHidden(true);
    await throughline.flush();

    const told = ({ items, ...payload }) => ({
      ...payload,
      ...(items && { items: items.map((span) => asTold(span, given)) }),
    });
    const all = envelopes.map(({ header, items }) => ({
      header,
      items: items.map(({ payload, ...item }) => ({ header: item, payload: told(payload) })),
    }));
    const isReport = ({ items }) => items.some(({ header }) => header.type === 'client_report');
    const sent = all.filter((envelope) => !isReport(envelope));
    const losses = all
      .filter(isReport)
      .flatMap(({ items }) => items.flatMap(({ payload }) => payload.discarded_events))
      .map(({ reason, category, quantity }) => [`${reason}/${category}`, quantity]);
    const symbols = new Symbols();
    for (const [name, span] of program.spans) {
      symbols.bind(`$span:${name}`, span.spanContext().spanId);
    }
    if (sent.length !== out.envelopes.length) return same(out.envelopes, sent);
    for (const [index, expected] of out.envelopes.entries()) {
      symbols.forget('$event', '$now');
      const got = given.summariseSpans ? summarised(sent[index]) : sent[index];
      const where = symbols.difference(expected, got);
      if (where) return { verdict: 'fail', detail: `${where} of ${JSON.stringify(got)}` };
    }
    const { clientReport = {}, thrown = [] } = out;
    return same(
      { clientReport, thrown },
      { clientReport: Object.fromEntries(losses), thrown: program.thrown },
    );
  });
}

export const transactionEnvelopes = (testCase) => check(testCase, 'index');

export const spanV2 = (testCase) => check(testCase, 'streaming');
