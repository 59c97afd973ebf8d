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
