import { Cell, Word } from '../core/module.js';
import { quietly } from '../base/quietly.js';
import { answerTake } from './asks.js';
import { current, type Session } from './client.js';
import { readEnvelope, writeEnvelope } from './envelope.js';
import { isListening, tellOfSpans } from './hooks.js';
import { tellBeforeEnd } from './idle.js';
import { emit, isHeard } from './listeners.js';
import { isThenable } from './scopes.js';
import { preparationOf, shape, type Prepared, type Shaped } from './shaping.js';
import { ownTransport } from './transport.js';

let timer: ReturnType<typeof setTimeout> | undefined;
const inFlight = new Set<Promise<void>>();

/** Wakes the core no more. */
export function stopTimer(): void {
  clearTimeout(timer);
}

/** Carries out what a call of the core asked for. */
export function onWord(session: Session, word: number): void {
  const { core, host } = session;
  if (word & Word.asks) tellBeforeEnd(core);
  if (word & Word.deadline) {
    clearTimeout(timer);
    const delay = Math.max(0, Math.ceil(core.cells[Cell.deadline]! - host.now()));
    timer = setTimeout(() => {
      quietly(() => {
        const now = host.now();
        if (core.alive) core.run(() => core.raw.tl_wake(now));
      });
    }, delay);
  }
  if (word & Word.previousTrace) host.storePreviousTrace_?.(session);
  if (word & Word.heard) tellOfSpans(session);
  if (word & (Word.heard | Word.payload)) sendDue();
}

let isSending = false;

function sendDue(): void {
  // Not from within itself or from a listener: what is due goes once those have returned.
  if (isSending || isListening()) return;
  isSending = true;
  try {
    sendAll();
  } finally {
    isSending = false;
  }
}

/** Shows an envelope to listeners. @returns it as they left it */
function showEnvelope(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const envelope = readEnvelope(body);
  emit('beforeEnvelope', [envelope]);
  return writeEnvelope(envelope);
}

/** Sends a payload, or what user code left of it, if that is anything. */
async function post(
  { core, host, options }: Session,
  id: number,
  { body: given, spans = 0, dropped, sent }: Shaped,
): Promise<void> {
  if (!core.alive) return;
  let keepalive = false;
  let status: number = dropped ?? 0;
  const settle = (payload: number, lost: number): void => {
    quietly(() => {
      if (core.alive) {
        core.run(() => core.raw.tl_settled(payload, status, lost));
      }
    });
  };
  // Now, for the report that may be next.
  if (spans) settle(0, spans);
  const isShown = given && isHeard('beforeEnvelope');
  const body = (isShown ? quietly(() => showEnvelope(given)) : undefined) ?? given;
  // Nothing may reject here: nobody but the page would see it.
  const url =
    body &&
    quietly(() => {
      const { length } = body;
      const word = core.call(() => core.raw.tl_endpoint(id, length));
      const endpoint = core.answer();
      keepalive = core.cells[Cell.keepalive] === 1;
      core.settle(word);
      return endpoint;
    });
  if (url) {
    try {
      if (ownTransport === undefined) {
        status = await host.recording_!.send_(url, body, keepalive, options.transportOptions ?? {});
      } else {
        status = (await ownTransport!.send(readEnvelope(body)))?.statusCode ?? 200;
      }
    } catch {
      // Nobody answered.
    }
  }
  sent?.(status);
  settle(id, 0);
}

/** Posts what is left of a payload once that is known, which `flush` waits for. */
function postLater(session: Session, id: number, shaped: Shaped | PromiseLike<Shaped>): void {
  const go = (left: Shaped): Promise<void> => post(session, id, left);
  const sending: Promise<void> = Promise.resolve(
    isThenable(shaped) ? shaped.then(go) : go(shaped),
  ).finally(() => inFlight.delete(sending));
  inFlight.add(sending);
}

/** An event that is no transaction, on its way. */
export interface OpenEvent {
  /** JSON: the header of the envelope, and the event, both without what only the caller knows. */
  readonly lines: readonly string[];
  /** What else is done to it, here and now. */
  readonly prepared: Prepared | undefined;
  /** Sends what is left of it; to be called once, and a promise may not reject. */
  send(left: Shaped | PromiseLike<Shaped>): void;
}

/**
 * Begins an event that happens here and now. Not for applications: `throughline/errors`, a bundle
 * of its own, reaches through it what only the main one has.
 *
 * @returns nothing where nothing can be sent
 */
export function openEvent(): OpenEvent | undefined {
  return quietly(() => {
    const session = current();
    if (!session) return undefined;
    const { core, host } = session;
    host.lookAtPage(core);
    const now = host.now();
    const [id, ...lines] = core.ask(() => core.raw.tl_event(now)).split('\n');
    if (!id) return undefined;
    return {
      lines,
      prepared: preparationOf(0),
      send(left) {
        postLater(session, Number(id), left);
      },
    };
  });
}

function sendAll(): void {
  const session = current();
  if (!session) return;
  const { core, host } = session;
  const { raw } = core;
  for (;;) {
    host.lookAtPage(core);
    const now = host.now();
    // Which questions about that root the core has an answer to.
    let answers = 0;
    let asked = 0;
    const take = (): number => core.call(() => raw.tl_take(now, answers));
    let word = take();
    for (; word & Word.asks; word = take()) {
      const { cells } = core;
      const bytes = core.copy(cells[Cell.payloadAddress]!, cells[Cell.payloadBytes]!);
      const json = new TextDecoder().decode(bytes);
      const root = cells[Cell.payloadId]!;
      if (root !== asked) answers = 0;
      asked = root;
      answers |= answerTake(session, cells[Cell.asks]!, json, root);
    }
    const id = core.cells[Cell.payloadId]!;
    if (id !== 0) {
      const body = core.copy(core.cells[Cell.payloadAddress]!, core.cells[Cell.payloadBytes]!);
      postLater(session, id, shape(session, body, core.cells[Cell.rootHandle]!));
    }
    core.settle(word & ~Word.payload);
    if (id === 0 && !(word & Word.payload)) return;
  }
}

/** Sends what is due. @returns whether all of it was answered within `timeout` ms (0: no limit). */
export async function flush(timeout = 0): Promise<boolean> {
  quietly(sendDue);
  const all = Promise.all(inFlight)
    .then(() => ownTransport?.flush?.(timeout) ?? true)
    .catch(() => false);
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
