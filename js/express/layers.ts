import { current, warn, type Session } from '../api/client.js';
import { activeHandle, here } from '../api/scopes.js';
import { spanIsSampled } from '../api/span-helpers.js';
import { RecordedSpan } from '../api/span.js';
import { quietly } from '../base/quietly.js';
import { Cell } from '../core/module.js';
import type { ServerExports } from '../node/exports.js';
import {
  context,
  inLayer,
  runThere,
  type Context,
  type Passed,
  type Step,
} from '../node/fork-stack.js';

/** What a layer is to `ignoreLayersType`; also its attribute `express.type`. */
export type LayerType = 'middleware' | 'router' | 'request_handler';

/** Options of `expressIntegration`. */
export interface ExpressOptions {
  /** Layers without a span, by the name that it would have: equal to, matched by, or found true by. */
  ignoreLayers?: (string | RegExp | ((name: string) => boolean))[];
  /** Kinds of layers without a span. */
  ignoreLayersType?: LayerType[];
}

/** Hands a request on; with an error if there is one. */
export type Next = (this: unknown, ...given: unknown[]) => unknown;

/** A layer of a router, in what both major versions of Express have in common. */
export interface Layer {
  name: string;
  handle: ((...given: never[]) => unknown) & { stack?: unknown };
  /** What `route` and `get`, `post` and so on made. */
  route?: { path?: unknown } | undefined;
}

/** Numbered as wasm/throughline/request/layer.h does. */
const TYPES: LayerType[] = ['middleware', 'router', 'request_handler'];

function typeOf({ route, handle }: Layer): LayerType {
  if (route) return 'request_handler';
  return Array.isArray(handle.stack) ? 'router' : 'middleware';
}

const isNamed =
  (name: string) =>
  (pattern: unknown): boolean => {
    if (typeof pattern === 'function') return Boolean((pattern as (name: string) => unknown)(name));
    if (!(pattern instanceof RegExp)) return pattern === name;
    pattern.lastIndex = 0;
    return pattern.test(name);
  };

function isIgnored(
  session: Session,
  layer: Layer,
  paths: string,
  options: ExpressOptions,
): boolean {
  const { ignoreLayers, ignoreLayersType } = options;
  const type = typeOf(layer);
  if (ignoreLayersType?.includes(type)) return true;
  if (!ignoreLayers?.length) return false;
  const { core } = session;
  const raw = core.raw as ServerExports;
  const texts = core.texts(paths, layer.name);
  const name = core.ask(() => raw.tl_layer_name(texts, TYPES.indexOf(type)));
  return quietly(() => ignoreLayers.some(isNamed(name))) ?? false;
}

/** A layer that runs: the contexts around and in it, and its span if it is recorded. */
interface Entered {
  outside: Context;
  inside: Context;
  span: RecordedSpan | undefined;
}

/** Layers whose routes are remembered: as many as an application has, unless it makes them anew. */
const MANY_ROUTES = 1000;
/** By type, a line feed, and the paths on the way to a layer: the route that they make. */
const routes = new Map<string, string>();

function routeOf({ core }: Session, layer: Layer, paths: string): string {
  const type = TYPES.indexOf(typeOf(layer));
  const key = `${type}\n${paths}`;
  const known = routes.get(key);
  if (known !== undefined) return known;
  const texts = core.texts(paths, layer.name);
  const route = core.ask(() => (core.raw as ServerExports).tl_layer_route(texts, type));
  if (routes.size < MANY_ROUTES) routes.set(key, route);
  return route;
}

/** Layers below a span that is not recorded have none of their own, but the route counts. */
function tellRoute({ core }: Session, { root }: RecordedSpan, route: string): void {
  if (!root || !route) return;
  const text = core.texts(route);
  core.run(() => (core.raw as ServerExports).tl_route_found(root | 0, text));
}

/** The paths on the way to a layer, and its own. */
const pathsTo = (step: Step | undefined): string =>
  step ? `${pathsTo(step.above)}${step.path}\n` : '';

/** Tells the route of the last layer that makes one. */
function tellWay(root: RecordedSpan, last: Step): void {
  const session = current();
  let route = '';
  for (let step: Step | undefined = last; session && step && !route; step = step.earlier) {
    route = routeOf(session, step.layer as Layer, pathsTo(step));
  }
  if (session) tellRoute(session, root, route);
}

/** A layer of a request that passed, which has nothing of its own but its path. */
function enterPassed(passed: Passed, layer: Layer, path: string, next: Next): Next {
  const above = passed.inside_;
  const step = { layer, path, above, earlier: passed.last_ };
  passed.inside_ = step;
  if (passed.span_) tellWay(passed.span_, step);
  else {
    passed.tellWay_ = tellWay;
    passed.last_ = step;
  }
  return function (this: unknown, ...given) {
    passed.inside_ = above;
    return Reflect.apply(next, this, given);
  };
}

/** The span of a layer, if it has one, and the context to run it in. */
function enter(
  session: Session,
  layer: Layer,
  path: string,
  options: ExpressOptions,
): Entered | undefined {
  const outside = context();
  const { active: above } = outside;
  // Nothing is recorded of this request.
  if (above == null) return undefined;
  const { core, host } = session;
  const raw = core.raw as ServerExports;
  const paths = `${outside.layers}${path}\n`;
  if (!spanIsSampled(above)) {
    tellRoute(session, above, routeOf(session, layer, paths));
    return { outside, inside: inLayer(outside, paths, undefined), span: undefined };
  }
  const wanted = !outside.suppressed && !isIgnored(session, layer, paths, options);
  const { scope } = here();
  const active = activeHandle();
  const now = host.now();
  const texts = core.texts(paths, layer.name);
  const type = TYPES.indexOf(typeOf(layer));
  const word = core.call(() =>
    raw.tl_enter_layer(scope | 0, active | 0, texts, type, wanted ? 1 : 0, now),
  );
  const span = core.cells[Cell.spanHandle] === 0 ? undefined : new RecordedSpan(core);
  core.settle(word);
  return { outside, inside: inLayer(outside, paths, span), span };
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { message } = error as { message?: unknown };
  return typeof message === 'string' ? message : '';
}

function leave(span: RecordedSpan, given: unknown): void {
  const session = current();
  if (!session) return;
  const { core, host } = session;
  const raw = core.raw as ServerExports;
  // Anything else that says something is an error.
  const failed = Boolean(given) && given !== 'route' && given !== 'router';
  const message = failed ? messageOf(given) : '';
  const now = host.now();
  const texts = core.texts(message);
  core.run(() => raw.tl_leave_layer(span.handle | 0, texts, failed ? 1 : 0, now));
}

function handingOn({ outside, span }: Entered, next: Next): Next {
  return function (this: unknown, ...given) {
    if (span) {
      quietly(() => {
        leave(span, given[0]);
      });
    }
    // The rest is no part of this layer.
    return runThere(outside, () => Reflect.apply(next, this, given));
  };
}

/**
 * Runs a layer of a router in its span.
 *
 * @param path under which it was registered
 * @param run calls the layer with the `next` that it is to have
 */
export function runLayer<T>(
  layer: Layer,
  path: string,
  options: ExpressOptions,
  next: Next,
  run: (next: Next) => T,
): T {
  const session = current();
  const entered = session && quietly(() => enter(session, layer, path, options));
  if (!entered) return run(next);
  return runThere(entered.inside, () => run(handingOn(entered, next)));
}

/**
 * The same for a request that passes, of which most have nothing but a path to be remembered.
 *
 * @returns the `next` that the layer is to have; nothing: the request is one for `runLayer`
 */
export function passLayer(layer: Layer, path: string, next: Next): Next | undefined {
  const { passed } = context().trace;
  if (!passed || passed.session_ !== current()) return undefined;
  return quietly(() => enterPassed(passed, layer, path, next)) ?? next;
}

/** Says what is wrong with the options; what is wrong counts as not set. */
export function checkedOptions(session: Session, given: ExpressOptions): ExpressOptions {
  const checked: ExpressOptions = {};
  for (const key of ['ignoreLayers', 'ignoreLayersType'] as const) {
    const value: unknown = given[key];
    if (Array.isArray(value)) checked[key] = value as never;
    else if (value !== undefined) {
      warn(
        session.options.debug,
        `expressIntegration.${key}: expected a list, got ${typeof value}; as if it were not set`,
      );
    }
  }
  return checked;
}
