// Types that every entry with spans has.
export type { Client, ClientHooks, Integration } from './client.js';
export type {
  ClientOptions,
  IgnoreSpanPattern,
  TracePropagationTarget,
  TransportOptions,
} from './options.js';
export type {
  DynamicSamplingContext,
  Hooks,
  SamplingContext,
  SamplingData,
  StreamedSpanJSON,
  TraceOptions,
} from './hooks.js';
export type {
  Breadcrumb,
  Context,
  Envelope,
  Event,
  EventHint,
  Primitive,
  SeverityLevel,
  User,
} from './event.js';
export type { ScopeContext, ScopeData } from './scope.js';
export type { SpanJSON, TransactionEvent } from './shaping.js';
export type { BaseTransportOptions, Transport } from './transport.js';
export type { IncomingTrace, TraceData, TraceExplanation } from './propagation.js';
export type { Attributes, AttributeValue, Span, SpanContext, SpanLink, TimeInput } from './span.js';
export type { SpanDataOptions as TraceDataOptions, StartSpanOptions } from './trace.js';
