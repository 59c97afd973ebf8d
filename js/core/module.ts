/**
 * The exports of the modules. A test compares these faces with what was built
 * (tests/shim/core/face.test.ts). Numbers only cross. Integers are 32 bits wide, times milliseconds
 * since the Unix epoch, texts UTF-8 by address and bytes; `texts` is what `Core.texts` returns, and
 * the text that a call answers is read by `Core.ask`. wasm/bindings/ says what each call does.
 */
export interface PropagationExports {
  tl_memory: WebAssembly.Memory;
  tl_start(): void;
  tl_scratch(): number;
  tl_pool(): number;
  tl_refilled(): void;
  tl_lend(bytes: number): number;
  tl_word(): number;
  tl_request(
    scope: number,
    activeSpan: number,
    text: number,
    urlBytes: number,
    methodBytes: number,
    flags: number,
    now: number,
  ): number;
  tl_answer_url(text: number, urlBytes: number, resolvedBytes: number): void;
  tl_answer_pattern(text: number, urlBytes: number, pattern: number): void;
  tl_read_option(group: number, kind: number, value: number, texts: number): number;
  tl_read_target(group: number, kind: number, texts: number): number;
  tl_apply_options(texts: number): number;
  tl_set_page(texts: number): number;
  tl_page_load(
    texts: number,
    start: number,
    documentReady: number,
    answered: number,
    now: number,
  ): number;
  tl_route_change(
    texts: number,
    start: number,
    kind: number,
    answered: number,
    now: number,
  ): number;
  tl_start_trace(): number;
  tl_continue_trace(texts: number): number;
  tl_close_scope(scope: number): number;
  tl_header_texts(scope: number, activeSpan: number, flags: number): number;
  tl_current_span_id(scope: number, activeSpan: number): number;
  tl_reason_name(reason: number): number;
  tl_join_baggage(texts: number): number;
  tl_close(now: number): number;
}

/**
 * With those of spans and delivery. The files that the propagation entry consists of call none of
 * these: its module has none.
 */
export interface RawExports extends PropagationExports {
  tl_response(span: number, status: number, contentLength: number, now: number): number;
  tl_span_start(
    scope: number,
    activeSpan: number,
    parent: number,
    flags: number,
    text: number,
    nameBytes: number,
    attributes: number,
    start: number,
    now: number,
  ): number;
  tl_span_active(scope: number, activeSpan: number): number;
  tl_span_end(span: number, end: number, now: number): number;
  tl_span_attribute(
    span: number,
    text: number,
    keyBytes: number,
    type: number,
    value: number,
    valueBytes: number,
  ): number;
  tl_span_link(span: number, text: number, bytes: number, sampled: number): number;
  tl_span_http_status(span: number, status: number): number;
  tl_span_activate(scope: number, span: number): number;
  tl_span_add_child(span: number, child: number): number;
  tl_span_below(span: number, number: number): number;
  tl_span_name(span: number, text: number, bytes: number): number;
  tl_span_status(span: number, code: number, text: number, bytes: number): number;
  tl_resource(text: number, nameBytes: number, protocolBytes: number): number;
  tl_wake(now: number): number;
  tl_auto_finish(span: number, now: number): number;
  tl_document_ready(now: number): number;
  tl_interaction(now: number): number;
  tl_report_page_loaded(now: number): number;
  tl_hidden(scope: number, activeSpan: number, now: number): number;
  tl_ignore_spans(text: number, nameBytes: number, opBytes: number, attributes: number): number;
  tl_take(now: number, answered: number): number;
  tl_mark_ignored(root: number, text: number, bytes: number): number;
  tl_settled(id: number, status: number, spans: number): number;
  tl_lost(texts: number, quantity: number): number;
  tl_answer_dsc(texts: number, members: number): number;
  tl_listen(hooks: number): number;
  tl_heard(): number;
  tl_route_name(texts: number): number;
  tl_previous_trace(): number;
  tl_restore_previous_trace(
    texts: number,
    sampled: number,
    start: number,
    rate: number,
    rand: number,
  ): number;
  tl_explain_trace(scope: number, activeSpan: number): number;
  tl_meta_tags(texts: number): number;
  tl_span_json(span: number): number;
  tl_endpoint(id: number, bytes: number): number;
  tl_event(now: number): number;
}

/** With those of modules that can stream spans; bundles without leave out what calls them. */
export interface StreamingExports extends RawExports {
  tl_stream(flags: number): number;
  tl_answer_span(text: number, bytes: number): number;
  tl_typed_value(texts: number): number;
  tl_flush_spans(): number;
}

/** What Emscripten's glue hands out. */
export interface CoreModule {
  raw: RawExports;
}

/** Numbers of the cells in the scratch memory (wasm/bindings/instance.h). */
export const enum Cell {
  spanHandle = 0,
  reason = 1,
  attach = 2,
  headerNumber = 3,
  deadline = 4,
  payloadAddress = 5,
  payloadBytes = 6,
  payloadId = 7,
  keepalive = 8,
  rootHandle = 9,
  sampled = 10,
  asks = 11,
  textAddress = 12,
  textBytes = 13,
  pattern = 14,
  spanId = 16,
  traceId = 17,
  parentSampled = 19,
  parentRate = 20,
  sampler = 21,
  samplerRate = 22,
  /** Then those for the final and the child span timeout. */
  idleTimeout = 23,
  /** 1: a request that is a segment is repeated with a decision. */
  decided = 29,
  /** Of a span start three each; of any other call the bytes of each text. */
  input = 32,
}

/** Bits of the word that a call answers. */
export const enum Word {
  asks = 1,
  randomLow = 2,
  deadline = 4,
  heard = 8,
  payload = 16,
  previousTrace = 32,
  memoryGrew = 64,
}

/** Those of the core's reasons (wasm/throughline/base/reason.h) that are told apart here. */
export const enum Reason {
  ownRequest = 7,
  disabled = 9,
  navigation = 30,
  redirect = 31,
}

/** Bits of `Cell.asks`. */
export const enum Ask {
  resolvedUrl = 1,
  patterns = 2,
  decision = 4,
  dsc = 8,
  route = 64,
  span = 128,
}
