import { quietly } from '../base/quietly.js';
import { current, warn, type Client, type Integration, type Session } from './client.js';
import type { Event, EventHint, EventProcessor } from './event.js';
import { allListeners, emit, EVENT_HOOKS, isHeard } from './listeners.js';
import { normaliseBy } from './normalise.js';
import { isThenable } from './scopes.js';
import { prepareBy, type Prepared, type SpanJSON } from './shaping.js';

/** What scopes have for an event. */
export interface Carried {
  readonly processors: readonly EventProcessor[];
  /** Adds their data; nothing when there is none. */
  readonly add: ((event: Event) => void) | undefined;
}

/**
 * @param root handle of the root whose transaction it is; 0: it happened here and now
 * @param again it will be asked for once more
 */
export type Carrier = (root: number, again?: boolean) => Carried;

const NOTHING: Carried = { processors: [], add: undefined };
let carrier: Carrier = () => NOTHING;

// Of the client that runs.
let processors: EventProcessor[] = [];

/** Spec: envelope.md section 4.3. Of the context of the trace only the data counts. */
function normaliseEvent({ ...event }: Event, withSpans: boolean): Event {
  const { user, extra, contexts, breadcrumbs, spans } = event;
  const options = current()?.options;
  const normalise = (value: unknown): unknown => normaliseBy(options, value);
  const withData = <T extends { data?: unknown }>(part: T): T =>
    part.data ? { ...part, data: normalise(part.data) } : part;
  if (user) event.user = normalise(user) as typeof user;
  if (extra) event.extra = normalise(extra) as typeof extra;
  if (contexts) {
    const { trace } = contexts;
    event.contexts = { ...(normalise(contexts) as typeof contexts) };
    if (trace) event.contexts['trace'] = withData(trace);
  }
  if (breadcrumbs) event.breadcrumbs = breadcrumbs.map(withData);
  if (withSpans && spans) event['spans'] = (spans as SpanJSON[]).map(withData);
  return event;
}

/** Runs processors one after the other; one that fails drops the event. */
async function processLater(
  event: PromiseLike<Event | null>,
  rest: readonly EventProcessor[],
  hint: EventHint,
): Promise<Event | null> {
  return process(await event, rest, hint);
}

function process(
  event: Event | null,
  [processor, ...rest]: readonly EventProcessor[],
  hint: EventHint,
): ReturnType<EventProcessor> {
  if (!processor || !event) return event;
  const result = processor({ ...event }, hint);
  return isThenable(result) ? processLater(result, rest, hint) : process(result, rest, hint);
}

/** What scopes have for it; as `Carrier`. */
export function carriedTo(root: number, again?: boolean): Carried {
  return quietly(() => carrier(root, again)) ?? NOTHING;
}

/** As `Preparation` says. Spec: envelope.md section 4.2. */
function prepare(root: number): Prepared | undefined {
  const { processors: ofScopes, add } = carriedTo(root);
  const all = [...processors, ...ofScopes];
  // Transactions are written by the core: nothing in them needs to be normalised.
  if (root && !all.length && !add && !isHeard(...EVENT_HOOKS)) return undefined;
  const drop = (error: unknown): null => {
    warn(
      current()?.options.debug,
      `an event processor failed, its event is dropped: ${error as string}`,
    );
    return null;
  };
  return {
    prepare(event, hint) {
      emit('preprocessEvent', [event, hint]);
      add?.(event);
      const finish = (left: Event | null): Event | null => {
        if (!left) return null;
        // What the core wrote needs it no more.
        const prepared = normaliseEvent(left, all.length > 0);
        emit('postprocessEvent', [prepared, hint]);
        return prepared;
      };
      try {
        const left = process(event, all, hint);
        return isThenable(left) ? Promise.resolve(left).then(finish).catch(drop) : finish(left);
      } catch (error) {
        return drop(error);
      }
    },
    sends(event, hint) {
      emit('beforeSendEvent', [event, hint]);
      return (statusCode) => {
        emit('afterSendEvent', [event, statusCode ? { statusCode } : {}]);
      };
    },
  };
}

/** Sets what scopes have for events. */
export function carryBy(given: Carrier): void {
  carrier = given;
  prepareBy(prepare);
}

/** Gives a client what concerns events: processors, those of its integrations, and hooks. */
export function extendClient(session: Session, integrations: readonly Integration[]): void {
  processors = [];
  prepareBy(prepare);
  const before = { ...session };
  const added: Partial<Client> = {
    addEventProcessor(processor) {
      processors.push(processor);
    },
    flush(timeout) {
      emit('flush', []);
      return before.flush(timeout);
    },
    async close(timeout) {
      const told = allListeners();
      const drained = await before.close(timeout);
      emit('close', [], told);
      return drained;
    },
  };
  Object.assign(session, added);
  for (const integration of integrations) {
    if (integration.processEvent) {
      session.addEventProcessor((event, hint) => integration.processEvent!(event, hint, session));
    }
    if (integration.preprocessEvent) {
      session.on('preprocessEvent', (event, hint) => {
        integration.preprocessEvent!(event, hint, session);
      });
    }
  }
}
