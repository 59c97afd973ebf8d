// Runs cases of tests/cases through the public API. Answers, for each, what came out; undefined
// for what the public API cannot be asked.
const TRACE = '771a43a4192642f0b136d5159a501700';
const PARENT = `${TRACE}-7b6f1e2d3c4a5968`;

const init = (options) =>
  Throughline.init({
    tracesSampleRate: 1,
    ...options,
    integrations: [Throughline.browserTracingIntegration({ instrumentPageLoad: false })],
  });

const JS = { undefined: undefined, function: () => 1 };

/** Values that JSON lacks, and RegExps. */
function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  if ('js' in value) return value.js in JS ? JS[value.js] : Number(value.js);
  if ('regex' in value) return new RegExp(value.regex, value.flags);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each)]));
}

/** What is known of an incoming trace, or null if it was not continued. */
function continued(incoming) {
  const told = Throughline.continueTrace(incoming, Throughline.explainTrace);
  return told.source === 'continued-argument' ? told : null;
}

function sentryTrace({ header }) {
  if (header === undefined) return undefined;
  init({});
  const told = continued({ sentryTrace: header });
  return (
    told && {
      traceId: told.traceId,
      parentSpanId: told.parentSpanId ?? null,
      sampled: told.sampled ?? null,
    }
  );
}

function traceparent({ parse }) {
  if (parse === undefined) return undefined;
  init({ continueTraceparent: true });
  const told = continued({ traceparent: parse });
  return told && { traceId: told.traceId, parentId: told.parentSpanId, sampled: told.sampled };
}

function baggage({ parse }) {
  if (parse === undefined) return undefined;
  init({});
  const { dsc } = continued({ sentryTrace: `${PARENT}-1`, baggage: parse });
  delete dsc.sample_rand;
  return { dsc };
}

function targets({ targets: list, urls }) {
  init(list ? { tracePropagationTargets: list } : {});
  return urls.map((url) => Throughline.explainPropagation(url).attach);
}

/** Fills with words that are `fraction` of all. */
function drawing(fraction) {
  crypto.getRandomValues = (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 4) view.setUint32(at, Math.ceil(fraction * 2 ** 32));
    return bytes;
  };
}

function samplerOf({ sampler }) {
  if (!sampler) return undefined;
  return ({ inheritOrSampleWith }) => {
    if (sampler.throws) throw new Error('of the case');
    return 'returns' in sampler
      ? sampler.returns
      : inheritOrSampleWith(sampler.inheritOrSampleWith);
  };
}

function decision({ options, ctx, sampleRand }) {
  const { sampler, ...rest } = options;
  init({ tracesSampleRate: undefined, ...rest, tracesSampler: samplerOf({ sampler }) });
  const flag = { true: '-1', false: '-0' }[ctx.parentSampled] ?? '';
  const rate = 'parentSampleRate' in ctx ? `,sentry-sample_rate=${ctx.parentSampleRate}` : '';
  const incoming = {
    sentryTrace: PARENT + flag,
    baggage: `sentry-sample_rand=${sampleRand}${rate}`,
  };
  return Throughline.continueTrace(incoming, () => {
    const span = Throughline.startInactiveSpan({ name: 'root' });
    const sampleRate = Throughline.spanToJSON(span).data['sentry.sample_rate'] ?? null;
    return { sampled: span.isRecording(), sampleRate };
  });
}

async function sampling(group, given) {
  if (group.endsWith('decision')) return decision(given);
  if (group === 'rate validity') {
    const { sampled, sampleRate } = decision({
      options: { tracesSampleRate: given.rate },
      ctx: {},
      sampleRand: 0,
    });
    return given.rate === null || !sampled ? (sampleRate ?? null) : sampleRate;
  }
  if (group === 'tracing enabled') {
    init({ tracesSampleRate: undefined, ...given.options });
    return Throughline.explainTrace().decision !== 'tracing-off';
  }
  if (group === 'org continuation') {
    const { dsn, orgId, strict, baggageOrgId } = given;
    init({ dsn, orgId, strictTraceContinuation: strict });
    const org = baggageOrgId === null ? '' : `sentry-org_id=${baggageOrgId}`;
    return continued({ sentryTrace: `${PARENT}-1`, baggage: org }) !== null;
  }
  if (group !== 'incoming context') return undefined;
  await Throughline.close();
  drawing(given.random);
  init({});
  const told = Throughline.continueTrace(given, Throughline.explainTrace);
  const isContinued = told.source === 'continued-argument';
  return {
    continued: isContinued,
    parentSpanId: told.parentSpanId ?? null,
    sampled: told.sampled ?? null,
    sampleRand: told.sampleRand,
    dsc: isContinued ? told.dsc : null,
  };
}

const families = { 'sentry-trace': sentryTrace, traceparent, baggage, targets };

globalThis.runCases = async (kind, cases) => {
  const results = [];
  for (const { group, in: given } of cases) {
    const revived = revive(given);
    results.push(
      kind === 'sampling' ? await sampling(group, revived) : await families[kind](revived),
    );
  }
  return results;
};

/** Makes the request of a case of fetch-headers or xhr-headers. */
globalThis.requestCase = async (kind, given) => {
  Throughline.init({
    tracesSampleRate: 1,
    propagateTraceparent: given.propagateTraceparent ?? false,
    integrations: [Throughline.browserTracingIntegration()],
  });
  if (kind === 'xhr-headers') {
    const xhr = new XMLHttpRequest();
    xhr.open(given.method ?? 'GET', given.url ?? '/api');
    for (const [name, value] of given.set ?? []) xhr.setRequestHeader(name, value);
    xhr.send();
    return;
  }
  const { url, urlObject, request, init: own } = given;
  const containers = {
    object: ({ fields }) => ({ ...fields }),
    entries: ({ entries }) => entries,
    Map: ({ entries }) => new Map(entries),
    Headers: ({ entries }) => new Headers(entries),
  };
  let input = url;
  if (urlObject) input = new URL(urlObject);
  if (request) input = new Request(request.url, { headers: request.headers ?? {} });
  const ownInit = own?.headers
    ? { ...own, headers: containers[own.headers.kind](own.headers) }
    : own;
  await fetch(...('init' in given ? [input, ownInit] : [input]));
};
