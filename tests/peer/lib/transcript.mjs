// What one side did, as far as it is comparable: what differs from run to run is left out or
// named (masks.mjs), what has nothing to do with tracing is left out.
import { readEnvelope } from './envelope.mjs';
import { mask } from './masks.mjs';

/** From the device and its clock, or from what the page had to load. */
const OF_THE_DEVICE =
  /^(effectiveConnectionType|connectionType|deviceMemory|hardwareConcurrency|performance\..*|network\.protocol\..*|http\.request\..*(_start|_end|_to_first_byte)|[lc]cp\..*|cls\..*|device\..*|network\.connection\..*)$/;
const OF_THE_DEVICE_OPS =
  /^(resource\.|browser[.-]|paint$|measure$|mark$|ui\.long|ui\.interaction|ui\.webvital)/;
const MEASURED_BY_THE_BROWSER = /^(connection\.rtt|fp|fcp|lcp|cls|inp|ttfb(\.requestTime)?)$/;

/** Told apart. */
const APART = ['transaction', 'client_report', 'event'];

const HOUR_S = 3600;
const CLOCK_S = 0.0011;
const near = (a, b) => Math.abs(a - b) < CLOCK_S;

function without(members, pattern) {
  if (!members) return members;
  return Object.fromEntries(Object.entries(members).filter(([name]) => !pattern.test(name)));
}

/** An empty container says as much as none. */
const orNothing = (members) => (members && Object.keys(members).length > 0 ? members : undefined);

/** A time that the script gave; times of the clock are compared with each other only. */
const given = (seconds, origin) =>
  Math.abs(seconds - origin) > HOUR_S ? Number(seconds.toFixed(6)) : undefined;

function timesOf({ start_timestamp: start, timestamp: end }, origin) {
  return orNothing({
    ...(given(start, origin) !== undefined && { start: given(start, origin) }),
    ...(given(end, origin) !== undefined && { end: given(end, origin) }),
    ...(end < start && { negative: true }),
  });
}

/** When a route span begins and ends, as far as a rule says so. */
function timesOfRoot(event, origin) {
  const { op, data = {} } = event.contexts.trace;
  const { start_timestamp: start, timestamp: end, spans } = event;
  const isIdle = data['sentry.idle_span_finish_reason'] !== undefined;
  const last = Math.max(...spans.map(({ timestamp }) => timestamp));
  return orNothing({
    ...timesOf(event, origin),
    ...(op === 'pageload' && { isFromTimeOrigin: near(start, origin) }),
    ...(isIdle && spans.length > 0 && { endsWithItsLastSpan: near(end, last) }),
  });
}

function spanOf(span, origin) {
  const { start_timestamp, timestamp, data, measurements, ...rest } = span;
  return {
    ...rest,
    times: timesOf({ start_timestamp, timestamp }, origin),
    data: without(data, OF_THE_DEVICE),
    measurements,
  };
}

function transactionOf({ header, payload }, origin) {
  const { event_id: id, start_timestamp, timestamp, contexts, spans, sdk, ...event } = payload;
  const { trace, ...others } = contexts;
  const { measurements } = event;
  return {
    trace: { ...trace, data: without(trace.data, OF_THE_DEVICE) },
    spans: spans
      .filter(({ op = '' }) => !OF_THE_DEVICE_OPS.test(op))
      .map((span) => spanOf(span, origin)),
    ...event,
    contexts: orNothing(others),
    measurements: orNothing(without(measurements, MEASURED_BY_THE_BROWSER)),
    times: timesOfRoot({ start_timestamp, timestamp, contexts, spans }, origin),
    settings: sdk.settings,
    envelope: {
      trace: header.trace,
      dsn: header.dsn,
      hasIdOfEvent: header.event_id === id && /^[0-9a-f]{32}$/.test(id),
      hasTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(header.sent_at),
    },
  };
}

/** Of the SDK, not of the trace. */
const OF_THE_SDK = /^sentry\.sdk\./;

/** Streamed spans, and what comes with them: which go together depends on the clock. */
function streamedOf(items, origin) {
  const isOurs = ({ attributes }) =>
    !OF_THE_DEVICE_OPS.test(attributes['sentry.op']?.value ?? '') &&
    attributes['sentry.origin']?.value !== 'auto.ui.browser.metrics';
  const spanOfItem = ({ start_timestamp, end_timestamp, attributes, ...rest }) => ({
    ...rest,
    times: timesOf({ start_timestamp, timestamp: end_timestamp }, origin),
    attributes: without(without(attributes, OF_THE_DEVICE), OF_THE_SDK),
  });
  return items.flatMap(({ header, payload: { items: spans, ...payload } }) =>
    spans
      .filter(isOurs)
      .map((span) => ({ ...spanOfItem(span), with: { ...payload, trace: header.trace } })),
  );
}

/** Calls of the page itself; those of the SDKs and of the tools are their own. */
const ofThePage = ({ filename }) => /^http:\/\/[^/]+\/(?!-\/)/.test(filename);

function exceptionOf({ stacktrace, ...exception }) {
  const frames = stacktrace?.frames.filter(ofThePage);
  return { ...exception, ...(stacktrace && { frames }) };
}

/** An error or a message: nothing in it is measured but the time. */
function errorOf({ header, payload }) {
  const { event_id: id, timestamp, sdk, exception, ...event } = payload;
  return {
    ...event,
    ...(exception && { values: exception.values.map(exceptionOf) }),
    settings: sdk.settings,
    envelope: {
      trace: header.trace,
      dsn: header.dsn,
      hasIdOfEvent: header.event_id === id && /^[0-9a-f]{32}$/.test(id),
      isNow: Math.abs(new Date(header.sent_at) / 1000 - timestamp) < 60,
    },
  };
}

/** How many losses were reported, by reason and category. */
function lossesOf(reports) {
  const losses = {};
  for (const { discarded_events: events } of reports) {
    for (const { reason, category, quantity } of events) {
      losses[`${reason} ${category}`] = (losses[`${reason} ${category}`] ?? 0) + quantity;
    }
  }
  return losses;
}

const COMPARED_HEADERS =
  /^(sentry-trace|baggage|traceparent|content-type|x-.*|access-control-request-headers)$/;

/** What the servers got, by method and address: requests that run side by side have no order. */
function requestsOf(requests) {
  const groups = {};
  for (const { server, method, url, headers, body } of requests) {
    const kept = Object.entries(headers).filter(([name]) => COMPARED_HEADERS.test(name));
    const request = { ...Object.fromEntries(kept), ...(body && { body }) };
    (groups[`${method} ${server}${url}`] ??= []).push(request);
  }
  return groups;
}

function itemsOf(envelopes) {
  return envelopes.flatMap(({ url, headers, body }) => {
    const { header, items } = readEnvelope(body);
    return items.map((item) => ({ ...item, endpoint: [url, headers['x-app'] ?? ''], header }));
  });
}

/**
 * @param record what `play` tells
 * @param source text of the scenario: ids that stand in it stay as they are
 */
export function transcriptOf(record, source) {
  const { notes, failure, errors, requests, envelopes, hosts } = record;
  const origin = record.timeOrigin / 1000;
  const items = itemsOf(envelopes);
  const ofType = (type) => items.filter((item) => item.type === type);
  const isStreamed = ({ type, payload }) => type === 'span' && Array.isArray(payload.items);
  const others = items.filter((item) => !APART.includes(item.type) && !isStreamed(item));
  const transcript = {
    transactions: ofType('transaction').map((item) => transactionOf(item, origin)),
    streamed: streamedOf(items.filter(isStreamed), origin),
    events: ofType('event').map(errorOf),
    items: others.map(({ type, header: { trace, dsn }, payload }) => ({
      type,
      trace,
      dsn,
      payload: type === 'span' ? spanOf(payload, origin) : payload,
    })),
    endpoints: [...new Set(items.map(({ endpoint }) => endpoint.join(' ').trim()))],
    requests: requestsOf(requests),
    losses: lossesOf(ofType('client_report').map(({ payload }) => payload)),
    notes,
    errors,
    failure,
  };
  return mask(transcript, { hosts, source });
}
