import type { StreamingExports } from '../core/module.js';

/**
 * What the module for servers exports besides (wasm/bindings/server_hot.cpp and next_hot.cpp, which
 * say what each call does); conventions as in js/core/module.ts.
 */
export interface ServerExports extends StreamingExports {
  tl_open_request(texts: number, spanWanted: number, now: number): number;
  tl_open_passed(texts: number, spanWanted: number, started: number): number;
  tl_passed(texts: number): number;
  tl_incoming(
    scope: number,
    texts: number,
    encrypted: number,
    remotePort: number,
    localPort: number,
    answered: number,
    now: number,
  ): number;
  tl_enter_layer(
    scope: number,
    activeSpan: number,
    texts: number,
    type: number,
    spanWanted: number,
    now: number,
  ): number;
  tl_layer_name(texts: number, type: number): number;
  tl_leave_layer(span: number, texts: number, failed: number, now: number): number;
  tl_layer_route(texts: number, type: number): number;
  tl_route_found(span: number, texts: number): number;
  tl_end_request(
    scope: number,
    span: number,
    status: number,
    how: number,
    finished: number,
    now: number,
  ): number;
  tl_leave_scope(scope: number, root: number): number;
  tl_enter_scope(texts: number): number;
  tl_outgoing(
    scope: number,
    activeSpan: number,
    texts: number,
    by: number,
    flags: number,
    now: number,
  ): number;
  tl_end_outgoing(
    span: number,
    texts: number,
    status: number,
    how: number,
    bodySize: number,
    peerPort: number,
    now: number,
  ): number;
  tl_merge_baggage(texts: number): number;
  tl_tunnel_endpoint(texts: number): number;
  tl_next_span(scope: number, activeSpan: number, texts: number): number;
  tl_next_route(span: number, texts: number): number;
  tl_next_middleware(span: number, texts: number): number;
  tl_end_next(root: number, status: number, now: number): number;
  tl_next_prerendered(texts: number): number;
  tl_next_tags(scope: number, activeSpan: number): number;
  tl_want_report(): number;
  tl_ignore_static_assets(ignored: number): number;
  tl_drop_status_codes(first: number, last: number): number;
}

/** How a request ended, as wasm/throughline/server.h numbers it. */
export const enum How {
  complete = 0,
  failed = 1,
  aborted = 2,
}

/** Cells of the calls for servers (wasm/bindings/instance.h). */
export const enum ServerCell {
  scope = 26,
  wantsAll = 27,
  passAhead = 28,
}
