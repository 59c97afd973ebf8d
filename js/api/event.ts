/** How bad it is. */
export type SeverityLevel = 'fatal' | 'error' | 'warning' | 'log' | 'info' | 'debug';

/** Who uses the page. */
export interface User {
  id?: string | number | undefined;
  username?: string | undefined;
  email?: string | undefined;
  ip_address?: string | null | undefined;
  [member: string]: unknown;
}

/** A step on the way to an event; `timestamp` in seconds, default now. */
export interface Breadcrumb {
  type?: string;
  category?: string;
  message?: string;
  level?: SeverityLevel;
  timestamp?: number;
  data?: Record<string, unknown>;
  event_id?: string;
}

export type Primitive = number | string | boolean | bigint | symbol | null | undefined;
export type Context = Record<string, unknown>;

/** What all events have in common (envelope.md section 4.1). */
export interface Event {
  event_id?: string;
  /** Of a transaction; errors have none. */
  type?: string;
  level?: SeverityLevel;
  user?: User;
  tags?: Record<string, Primitive>;
  extra?: Record<string, unknown>;
  contexts?: Record<string, Context | undefined>;
  breadcrumbs?: Breadcrumb[];
  fingerprint?: string[];
  transaction?: string;
  [member: string]: unknown;
}

/** What is known about an event beside the event. */
export interface EventHint {
  event_id?: string | undefined;
  originalException?: unknown;
  syntheticException?: Error | null;
  /** A scope, what a scope takes, or a function that is given the scope of the event. */
  captureContext?: unknown;
  mechanism?: Record<string, unknown>;
  data?: unknown;
  [member: string]: unknown;
}

/** Sees an event before it is sent; may change or replace it, at once or later. `null` drops it. */
export interface EventProcessor {
  (event: Event, hint: EventHint): Event | null | PromiseLike<Event | null>;
  id?: string;
}

/** Header, then items of header and payload (envelope.md section 2). */
export type Envelope = [
  Record<string, unknown>,
  [Record<string, unknown>, Record<string, unknown>][],
];

/** Hooks of a client about events. */
export interface EventHooks {
  /** Before scopes and processors. */
  preprocessEvent: (event: Event, hint: EventHint) => void;
  /** After them. */
  postprocessEvent: (event: Event, hint: EventHint) => void;
  /** Last chance to change it. */
  beforeSendEvent: (event: Event, hint: EventHint) => void;
  /** It was sent; without `statusCode` nobody answered. */
  afterSendEvent: (event: Event, response: { statusCode?: number }) => void;
  /** An envelope is about to be posted: its header and items, which may be changed. */
  beforeEnvelope: (envelope: Envelope) => void;
  /** `flush` was called, or `close`. */
  flush: () => void;
  /** The client is closed. */
  close: () => void;
}
