import { openCore, type Core } from '../core/core.js';
import { Cell, Word, type CoreModule } from '../core/module.js';
import { quietly, reportFaultsTo } from '../base/quietly.js';
import { version } from '../generated/version.js';
import {
  forgetListeners,
  isHook,
  listen,
  shapeDsc,
  shapingDsc,
  tellListeners,
  type Hooks,
} from './hooks.js';
import { readOptions, type ClientOptions } from './options.js';
import { forgetForks } from './scopes.js';

/** What differs from host to host: browser, Node, edge. */
export interface Host {
  /** `throughline.javascript.browser` and the like; goes into payloads. */
  readonly sdkName: string;
  /** Starts the core; throws where the host refuses WebAssembly. */
  readonly startModule: () => CoreModule;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Posts an envelope. @returns the status of the response; rejects when there is none. */
  send(url: string, body: Uint8Array<ArrayBuffer>, keepalive: boolean): Promise<number>;
  /** Tells the core where the page is, if that changed. */
  lookAtPage(core: Core): void;
}

/** What `init` returns. One per page or process (design.md decision 19). */
export interface Client {
  getOptions(): Readonly<ClientOptions>;
  /** Sends what is due. @returns whether all of it was answered within `timeout` ms (0: no limit). */
  flush(timeout?: number): Promise<boolean>;
  /** Flushes, then puts everything back as it was before `init`. */
  close(timeout?: number): Promise<boolean>;
  /** Adds a listener to a hook. @returns what takes it away again. */
  on<Name extends keyof Hooks>(hook: Name, listener: Hooks[Name]): () => void;
}

/** Part of the product that is switched on by listing it in `integrations`. */
export interface Integration {
  readonly name: string;
  /** Options that the core checks and reads. */
  readonly options?: object;
  /** @returns what undoes it. */
  install?(client: Session): (() => void)[];
}

/** The client with what only our own parts may reach. */
export interface Session extends Client {
  readonly core: Core;
  readonly host: Host;
  /** Host-side entries of the list of targets that counts, by index. */
  targets: readonly unknown[];
  options: ClientOptions;
}

let session: Session | undefined;
let undo: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
const inFlight = new Set<Promise<void>>();

/** The running client; nothing before `init`, after `close` and after a fault of the core. */
export function current(): Session | undefined {
  return session;
}

/** One line for the developer who turned `debug` on. */
export function warn(debug: boolean | undefined, text: string): void {
  if (debug) console.warn(`[throughline] ${text}`);
}

/** Takes every patch back and forgets the core: from now on all is passed through. */
function tearDown(): void {
  session = undefined;
  clearTimeout(timer);
  for (const step of undo.reverse()) quietly(step);
  undo = [];
  forgetListeners();
  forgetForks();
}

function onFault(error: unknown): void {
  if (!session || session.core.alive) return;
  const { debug } = session.options;
  tearDown();
  warn(debug, `the core failed and is off, requests pass through: ${String(error)}`);
}

/** Carries out what a call of the core asked for. */
function onWord(word: number): void {
  if (!session) return;
  const { core, host } = session;
  if (word & Word.deadline) {
    clearTimeout(timer);
    const delay = Math.max(0, Math.ceil(core.cells[Cell.deadline]! - host.now()));
    timer = setTimeout(() => {
      quietly(() => {
        const now = host.now();
        if (core.alive) core.settle(core.call(() => core.module.raw.tl_wake(now)));
      });
    }, delay);
  }
  if (word & Word.payload) sendDue();
}

let isSending = false;

function sendDue(): void {
  // Not from within itself (a listener of createDsc): the outer one goes on until nothing is due.
  if (isSending || shapingDsc()) return;
  isSending = true;
  try {
    sendAll();
  } finally {
    isSending = false;
  }
}

function sendAll(): void {
  if (!session) return;
  const { core, host } = session;
  const { raw } = core.module;
  for (;;) {
    host.lookAtPage(core);
    const now = host.now();
    let word = core.call(() => raw.tl_take(now, 0));
    if (word & Word.asks) {
      const { cells } = core;
      const json = core.copy(cells[Cell.payloadAddress]!, cells[Cell.payloadBytes]!);
      shapeDsc(session, new TextDecoder().decode(json), cells[Cell.payloadId]!);
      word = core.call(() => raw.tl_take(now, 1));
    }
    const id = core.cells[Cell.payloadId]!;
    if (id !== 0) {
      const body = core.copy(core.cells[Cell.payloadAddress]!, core.cells[Cell.payloadBytes]!);
      const keepalive = core.cells[Cell.keepalive] === 1;
      const url = core.ask(() => {
        core.module.endpoint();
      });
      const settled = (status: number): void => {
        inFlight.delete(sending);
        quietly(() => {
          if (core.alive) core.settle(core.call(() => raw.tl_settled(id, status)));
        });
      };
      const sending = host.send(url, body, keepalive).then(settled, () => {
        settled(0);
      });
      inFlight.add(sending);
    }
    core.settle(word & ~Word.payload);
    if (id === 0 && !(word & Word.payload)) return;
  }
}

async function flush(timeout = 0): Promise<boolean> {
  quietly(sendDue);
  const all = Promise.all(inFlight).then(() => true);
  if (!timeout) return all;
  return Promise.race([
    all,
    new Promise<boolean>((resolve) => {
      setTimeout(() => {
        resolve(false);
      }, timeout);
    }),
  ]);
}

async function close(timeout?: number): Promise<boolean> {
  if (!session) return true;
  const { core, host } = session;
  quietly(() => {
    const now = host.now();
    core.run(() => {
      core.module.close(now);
    });
  });
  const drained = flush(timeout);
  tearDown();
  return drained;
}

function install(integrations: readonly Integration[], started: Session): void {
  for (const integration of integrations) {
    quietly(() => {
      undo.push(...(integration.install?.(started) ?? []));
    });
  }
}

/**
 * Starts the client, or replaces the options of the one that runs.
 *
 * Whatever goes wrong, the page goes on: without a core all requests pass through untouched.
 */
export function openClient(host: Host, options: ClientOptions): Client | undefined {
  const integrations = options.integrations ?? [];
  if (session) {
    warn(options.debug, 'init was called again: its options replace the earlier ones');
    session.options = options;
    quietly(() => {
      applyOptions(session!, integrations);
    });
    return session;
  }
  reportFaultsTo(onFault);
  let trouble =
    "WebAssembly could not be started (a Content-Security-Policy needs 'wasm-unsafe-eval' in script-src)";
  try {
    const module = host.startModule();
    trouble = 'init failed';
    const core = openCore(module, host.fillRandom, onWord);
    const opened: Session = {
      core,
      host,
      targets: [],
      options,
      getOptions: () => opened.options,
      flush,
      close,
      on: (hook, listener) => {
        if (!isHook(hook)) warn(opened.options.debug, `client.on: no hook '${hook}'; ignored`);
        return listen(opened, hook, listener);
      },
    };
    session = opened;
    tellListeners(opened);
    applyOptions(session, integrations);
    install(integrations, session);
    return session;
  } catch (error) {
    tearDown();
    warn(options.debug, `${trouble}, nothing is traced: ${String(error)}`);
    return undefined;
  }
}

function applyOptions(target: Session, integrations: readonly Integration[]): void {
  const { core, host, options } = target;
  const checked = readOptions(core, options, integrations, host.sdkName, version);
  target.targets = checked.targets;
  for (const finding of checked.findings) warn(options.debug, finding);
  host.lookAtPage(core);
}
