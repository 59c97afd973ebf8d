import { current, warn } from '../api/client.js';
import { patch } from '../base/patch.js';
import { quietly } from '../base/quietly.js';
import { patchHot } from '../node/hot-patch.js';
import { passLayer, runLayer, type ExpressOptions, type Layer, type Next } from './layers.js';

/** Where routers have their methods: the prototype (Express 5), or the router object (4). */
export type RouterMethods = Record<
  'use' | 'route',
  (this: unknown, ...given: unknown[]) => unknown
>;

/** A router, as far as it says which layers it has. */
export interface Stacked {
  stack: unknown[];
}

type Handle = (this: unknown, request: unknown, response: unknown, next: Next) => unknown;

interface Installed {
  options: ExpressOptions;
  undo: (() => void)[];
  patched: WeakSet<object>;
}

/** All that were found, also before a client was there. */
const known = new Set<RouterMethods>();
/** Under which path a layer was registered. */
const paths = new WeakMap<object, string>();
let installed: Installed | undefined;

/** Of a list what is in it, of a RegExp its source. */
const textOf = (path: unknown): string => String(path);

/** The path that `use` is called with: `/` where only functions are given. */
function pathOf([first]: unknown[]): string {
  let leaf = first;
  while (Array.isArray(leaf) && leaf.length > 0) leaf = leaf[0] as unknown;
  return typeof leaf === 'function' ? '/' : textOf(first);
}

/** Calls a layer in its span. */
const layerIn = (
  options: ExpressOptions,
  layer: Layer,
  path: string,
  handle: Handle,
  [request, response, next]: Parameters<Handle>,
): unknown =>
  runLayer(layer, path, options, next, (handOn) =>
    Reflect.apply(handle, layer, [request, response, handOn]),
  );

function patchLayers({ options, undo, patched }: Installed, layer: Layer): void {
  const owner = Object.getPrototypeOf(layer) as Record<'handleRequest' | 'handle_request', Handle>;
  if (patched.has(owner)) return;
  patched.add(owner);
  const name = 'handleRequest' in owner ? 'handleRequest' : 'handle_request';
  undo.push(
    patchHot(owner, name, (original, live) => {
      return function (this: unknown, request, response, next) {
        const layer = this as Layer;
        const path = live.active ? paths.get(layer) : undefined;
        // Layers inside of a route are its own business; handlers of errors just hand on.
        if (path === undefined || layer.handle.length > 3) {
          return Reflect.apply(original, layer, [request, response, next]);
        }
        const passing = passLayer(layer, path, next);
        if (passing) return Reflect.apply(original, layer, [request, response, passing]);
        return layerIn(options, layer, path, original, [request, response, next]);
      };
    }),
  );
}

/** Notes under which path a layer stands. */
export function noteLayer(layer: unknown, path: string): void {
  paths.set(layer as Layer, path);
  if (installed) patchLayers(installed, layer as Layer);
}

function patchRouter({ undo, patched }: Installed, router: RouterMethods): void {
  if (patched.has(router)) return;
  patched.add(router);
  for (const name of ['use', 'route'] as const) {
    undo.push(
      patch(router, name, (original) => {
        return function (this: unknown, ...given) {
          const { stack } = this as Stacked;
          const before = stack.length;
          const result = Reflect.apply(original, this, given);
          quietly(() => {
            const path = pathOf(given);
            for (const layer of stack.slice(before)) noteLayer(layer, path);
          });
          return result;
        };
      }),
    );
  }
}

/** Routers of this kind are traced from now on, as long as a client runs. */
export function routersFound(router: RouterMethods): void {
  known.add(router);
  if (installed) patchRouter(installed, router);
}

/** Traces all routers that are known, and those that are found later. @returns what takes it back */
export function traceRouters(options: ExpressOptions): () => void {
  const mine: Installed = { options, undo: [], patched: new WeakSet() };
  installed = mine;
  for (const router of known) patchRouter(mine, router);
  return () => {
    for (const step of mine.undo.reverse()) step();
    if (installed === mine) installed = undefined;
  };
}

/** Where the methods of a router are. */
function methodsOf(router: object): RouterMethods | undefined {
  let owner: object | null = router;
  while (owner && !Object.prototype.hasOwnProperty.call(owner, 'use')) {
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return (owner as RouterMethods | null) ?? undefined;
}

/** What some versions know about the path of a layer. */
interface MountedLayer extends Layer {
  rawPath?: unknown;
  slash?: boolean;
  regexp?: { fast_slash?: boolean };
}

/** @returns whether the paths of all layers could be told */
function noteStack({ stack }: Stacked): boolean {
  return (stack as MountedLayer[])
    .map((layer) => {
      const { handle, route, rawPath, slash, regexp } = layer;
      const atRoot = slash ?? regexp?.fast_slash;
      const path = rawPath ?? route?.path ?? (atRoot ? '/' : undefined);
      noteLayer(layer, path === undefined ? '' : textOf(path));
      const below = !Array.isArray(handle.stack) || noteStack(handle as unknown as Stacked);
      return below && path !== undefined;
    })
    .every(Boolean);
}

/**
 * Traces an application that was made before anything of ours was there, unless Express was found
 * by other means.
 */
export function traceApplication(app: { _router?: Stacked; router?: Stacked }): void {
  if (known.size > 0) return;
  // Version 4 throws at who asks for `router`.
  const router = app._router ?? app.router;
  const methods = router && methodsOf(router);
  if (!methods) return;
  routersFound(methods);
  if (!noteStack(router)) {
    warn(
      current()?.options.debug,
      'Express was loaded before init: what was mounted until now has no path in route names. ' +
        'Call init first, best from a file given to node --import, or instrumentExpress(express)',
    );
  }
}
