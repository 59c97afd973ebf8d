import type { Session } from '../api/client.js';
import { decide, type TraceOptions } from '../api/hooks.js';
import { emit, isHeard } from '../api/listeners.js';
import { explainTrace } from '../api/propagation.js';
import { followRoute } from '../api/scopes.js';
import { spanOf, type Attributes, type Span } from '../api/span.js';
import type { StartSpanOptions } from '../api/trace.js';
import { quietly } from '../base/quietly.js';
import { Ask, Cell, Reason } from '../core/module.js';
import { tellTrace } from './debug-lines.js';

/** A page load or a change of URL, as the core is told of it. */
export interface RouteEvent {
  kind: 'pageload' | 'navigation';
  /** Of the route. */
  href: string;
  /** A time as `timeNumber` gives it. */
  start: number;
  /** What the route span is to be; nothing: what the core makes of the URL. */
  options?: StartSpanOptions | undefined;
  /** Of a page load that is told of by hand. */
  trace?: TraceOptions;
  /** The caller needs the route span. */
  wantsSpan?: boolean;
  /**
   * Writes the texts of the event, behind them those that describe the span.
   *
   * @param answered 1: repeated with a decision; 2: ask before anything starts
   * @returns the call
   */
  prepare: (route: string[], answered: number) => () => number;
}

/** @returns the route span, if one started and somebody needs it */
export type StartRoute = (session: Session, event: RouteEvent) => Span | undefined;

/** May replace the start options of a route span. */
export type BeforeStartSpan = (options: StartSpanOptions) => StartSpanOptions;

const SOURCE = 'sentry.source';
const ORIGIN = 'sentry.origin';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the core starts by itself. */
const defaults = (kind: string): Attributes => ({
  [SOURCE]: 'url',
  [ORIGIN]: `auto.${kind}.browser`,
});

const HOOKS = [
  'startPageLoadSpan',
  'afterStartPageLoadSpan',
  'beforeStartNavigationSpan',
  'startNavigationSpan',
] as const;

const REDIRECT: number = Reason.redirect;
const NAVIGATION: number = Reason.navigation;

let latest: (() => StartSpanOptions) | undefined;

/** What the span of the latest route was started with; nothing before the first. */
export function latestRoute(): StartSpanOptions | undefined {
  return latest?.();
}

/** Tells the core of a route, and asks user code about its span. */
export const startRouteWith =
  (before: BeforeStartSpan | undefined): StartRoute =>
  (session, { kind, href, start, options, trace, wantsSpan, prepare }) => {
    const { core } = session;
    const { debug } = session.options;
    const traceBefore = debug && explainTrace()?.traceId;
    const isHooked = isHeard(...HOOKS);
    const isDescribed = typeof before === 'function';
    let described = options;

    const describe = (isRedirect: boolean): void => {
      const url = core.texts(href);
      const given: StartSpanOptions = options ?? {
        name: core.ask(() => core.raw.tl_route_name(url)),
        op: kind,
        attributes: defaults(kind),
        startTime: start,
      };
      if (kind === 'pageload') {
        emit('startPageLoadSpan', [given, trace]);
      } else {
        emit('beforeStartNavigationSpan', [given, { isRedirect }]);
        emit('startNavigationSpan', [given, { isRedirect }]);
      }
      if (!isDescribed) return;
      const { name, attributes } = given;
      described = quietly(() => before({ ...given, attributes: { ...attributes } })) ?? given;
      if (described.name !== name) {
        described = { ...described, attributes: { ...described.attributes, [SOURCE]: 'custom' } };
      }
    };

    let attributes = described?.attributes;
    let handle: number;
    let answered = isHooked || isDescribed ? 2 : 0;
    for (;;) {
      const { name, op = attributes?.['sentry.op'] } = described ?? {};
      const route = [name, op, attributes?.[SOURCE], attributes?.[ORIGIN]].map(textOf);
      const word = core.call(prepare(route, answered));
      // Read before anything is sent, which may ask for something as well.
      const asks = core.cells[Cell.asks]!;
      const reason = core.cells[Cell.reason]!;
      const isRedirect = reason === REDIRECT;
      handle = core.cells[Cell.spanHandle]!;
      const itsName = asks ? (name ?? core.answer()) : '';
      core.settle(word);
      if (asks & Ask.route) {
        answered = 0;
        describe(isRedirect);
        ({ attributes } = described ?? {});
      } else if (asks) {
        answered = 1;
        attributes = decide(session, itsName, attributes ?? defaults(kind));
      } else {
        if (kind === 'pageload' || reason === NAVIGATION) followRoute();
        break;
      }
    }
    if (handle) {
      const { name, attributes: given } = described ?? {};
      latest = () => {
        const url = core.texts(href);
        const itsName = name ?? core.ask(() => core.raw.tl_route_name(url));
        return { name: itsName, attributes: { [SOURCE]: given?.[SOURCE] ?? 'url' } };
      };
    }
    // Not the active span: that may be one of the application, around the change of URL.
    const isStarted = isHooked && kind === 'pageload';
    const span = attributes || wantsSpan || isStarted ? spanOf(core, handle) : undefined;
    if (attributes) span?.setAttributes(attributes);
    if (isStarted && span) emit('afterStartPageLoadSpan', [span]);
    if (debug && explainTrace()?.traceId !== traceBefore) tellTrace();
    return span;
  };
