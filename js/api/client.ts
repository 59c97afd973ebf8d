import { openCore, type Core } from '../core/core.js';
import type { CoreModule } from '../core/module.js';
import { quietly, reportFaultsTo } from '../base/quietly.js';
import { version } from '../generated/version.js';
import type { Event, EventHint, EventHooks, EventProcessor } from './event.js';
import type { Hooks } from './hooks.js';
import { readOptions, type ClientOptions, type TransportOptions } from './options.js';
import type { TraceData } from './propagation.js';
import { forgetForks } from './scopes.js';

/** What the core decided about one request. */
export interface Decision {
  attach: boolean;
  /** Number of the reason; `reasonName` of the module has its name. */
  reason: number;
  /** Index of the entry of the list that matched; -1: none. */
  pattern: number;
  /** 0: the request is not recorded. */
  span: number;
  /** To be attached; nothing when `attach` is false. */
  headers: TraceData | undefined;
}

/** What differs from host to host: browser, Node, edge. */
export interface Host {
  /** `throughline.javascript.browser` and the like; goes into payloads. */
  readonly sdkName: string;
  /** Starts the core; throws where the host refuses WebAssembly. */
  readonly startModule: () => CoreModule;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** When the document started to load, if that is known. */
  readonly timeOrigin?: () => number | undefined;
  readonly fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Tells the core where the page is, if that changed. */
  lookAtPage(core: Core): void;
  /** Keeps what a later page wants to know of the current trace. */
  readonly storePreviousTrace_?: (session: Session) => void;
  /** With `debug`: says what was decided about a request, and why. */
  readonly tellRequest_?: (session: Session, url: string, decision: Decision) => void;
  /** What concerns events (api/processing.ts); without it they are sent as they are. */
  readonly extend_?: (session: Session, integrations: readonly Integration[]) => void;
  /** Spans and delivery; without it the core has neither. */
  readonly recording_?: Recording;
}

/**
 * What spans, hooks and delivery add to a client (api/recording.ts). The propagation entry hands
 * none in, so that its bundle has none.
 */
export interface Recording {
  /** Posts an envelope. @returns the status of the response; rejects when there is none. */
  send_(
    url: string,
    body: Uint8Array<ArrayBuffer>,
    keepalive: boolean,
    options: TransportOptions,
  ): Promise<number>;
  /** The core is there. */
  opened_(session: Session): void;
  /** Options came into force. */
  configured_(session: Session): void;
  /** The core is gone. */
  closed_(): void;
  /** Carries out what a call of the core asked for. */
  onWord_(session: Session, word: number): void;
  flush_(timeout?: number): Promise<boolean>;
  listen_<Name extends keyof ClientHooks>(
    session: Session,
    hook: Name,
    listener: ClientHooks[Name],
  ): () => void;
  emit_<Name extends keyof ClientHooks>(
    session: Session,
    hook: Name,
    given: Parameters<ClientHooks[Name]>,
  ): void;
  /** The baggage of `dsc` (JSON) as listeners left it; nothing: they are not to be asked. */
  shapeBaggage_(session: Session, dsc: string, active: number): string | undefined;
}

/** What `init` returns. One per page or process (design.md decision 19). */
export interface Client {
  getOptions(): Readonly<ClientOptions>;
  /** Sends what is due. @returns whether all of it was answered within `timeout` ms (0: no limit). */
  flush(timeout?: number): Promise<boolean>;
  /** Flushes, then puts everything back as it was before `init`. */
  close(timeout?: number): Promise<boolean>;
  /** Adds a listener to a hook. @returns what takes it away again. */
  on<Name extends keyof ClientHooks>(hook: Name, listener: ClientHooks[Name]): () => void;
  /**
   * Tells all who listen to a hook. With `idleSpanEnableAutoFinish` and an idle span that started
   * with `disableAutoFinish`: from now on it ends by itself.
   */
  emit<Name extends keyof ClientHooks>(hook: Name, ...given: Parameters<ClientHooks[Name]>): void;
  /** Adds what sees every event; integrations and the client come before scopes. */
  addEventProcessor(processor: EventProcessor): void;
}

/** All hooks of a client; `throughline/propagation` has none. */
export interface ClientHooks extends Hooks, EventHooks {}

/** Part of the product that is switched on by listing it in `integrations`. */
export interface Integration {
  readonly name: string;
  /** Options that the core checks and reads. */
  readonly options?: object;
  /** Sees every event, as a processor of the client. */
  processEvent?(event: Event, hint: EventHint, client: Client): ReturnType<EventProcessor>;
  /** Is told of every event before anything is done to it. */
  preprocessEvent?(event: Event, hint: EventHint, client: Client): void;
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

/** On the global object as long as a client runs, of whatever copy: holds its version. */
const RUNNING = Symbol.for('throughline');

let session: Session | undefined;
let undo: (() => void)[] = [];

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
  const recording = session?.host.recording_;
  session = undefined;
  for (const step of undo.reverse()) quietly(step);
  undo = [];
  forgetForks();
  recording?.closed_();
}

function onFault(error: unknown): void {
  if (!session || session.core.alive) return;
  const { debug } = session.options;
  tearDown();
  warn(debug, `the core failed and is off, requests pass through: ${String(error)}`);
}

async function close(timeout?: number): Promise<boolean> {
  if (!session) return true;
  const { core, host } = session;
  quietly(() => {
    const now = host.now();
    core.run(() => core.raw.tl_close(now));
  });
  const drained = session.flush(timeout);
  tearDown();
  return drained;
}

/** What is no list counts as none, and an entry that is nothing is left out. */
const listOf = (given: unknown): Integration[] =>
  Array.isArray(given) ? (given.filter(Boolean) as Integration[]) : [];

/** Those that count: of two with one name the later. A function that throws is as good as none. */
function integrationsOf({ defaultIntegrations, integrations }: ClientOptions): Integration[] {
  const defaults = listOf(defaultIntegrations);
  const made = typeof integrations === 'function' && quietly(() => integrations(defaults));
  const all = made ? listOf(made) : [...defaults, ...listOf(integrations)];
  return [...new Map(all.map((integration) => [integration.name, integration])).values()];
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
export function openClient(host: Host, given?: ClientOptions | null): Client | undefined {
  // A getter of the page may throw: as if nothing had been given.
  const options: ClientOptions = quietly(() => ({ ...given })) ?? {};
  if (session) {
    warn(options.debug, 'init was called again: its options replace the earlier ones');
    session.options = options;
    quietly(() => {
      applyOptions(session!, integrationsOf(options));
    });
    return session;
  }
  const page = globalThis as { [RUNNING]?: string };
  if (page[RUNNING]) {
    // Two of us would send two texts in one header.
    warn(true, `version ${page[RUNNING]} runs here already; this copy (${version}) stays off`);
    return undefined;
  }
  reportFaultsTo(onFault);
  // The page may have frozen its global object.
  quietly(() => {
    page[RUNNING] = version;
    undo.push(() => delete page[RUNNING]);
  });
  let trouble =
    "WebAssembly could not be started (a Content-Security-Policy needs 'wasm-unsafe-eval' in script-src)";
  try {
    const module = host.startModule();
    trouble = 'init failed';
    const { recording_: recording } = host;
    const core = openCore(module, host.fillRandom, (word) => {
      if (session) recording?.onWord_(session, word);
    });
    const opened: Session = {
      core,
      host,
      targets: [],
      options,
      getOptions: () => opened.options,
      flush: (timeout) => recording?.flush_(timeout) ?? Promise.resolve(true),
      close,
      on: (hook, listener) => recording?.listen_(opened, hook, listener) ?? (() => undefined),
      emit(hook, ...given) {
        quietly(() => recording?.emit_(opened, hook, given));
      },
      addEventProcessor: () => undefined,
    };
    session = opened;
    const integrations = integrationsOf(options);
    host.extend_?.(opened, integrations);
    recording?.opened_(opened);
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
  const given = { ...options };
  // It was called.
  if (typeof given.integrations === 'function') delete given.integrations;
  const checked = readOptions(core, given, integrations, host.sdkName, version);
  target.targets = checked.targets;
  for (const finding of checked.findings) warn(options.debug, finding);
  host.recording_?.configured_(target);
  host.lookAtPage(core);
}
