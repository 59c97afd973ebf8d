/**
 * The built modules, as Emscripten's glue hands them out. A test compares these faces with what
 * was built (tests/shim/core/face.test.ts). Integers are 32 bits wide, times milliseconds since
 * the Unix epoch, texts UTF-8 by address and bytes; wasm/bindings/ says what each call does.
 */
export interface PropagationExports {
  memory: WebAssembly.Memory;
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
}

/** With those of spans and delivery. */
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
  tl_span_name(span: number, text: number, bytes: number): number;
  tl_span_status(span: number, code: number, text: number, bytes: number): number;
  tl_wake(now: number): number;
  tl_document_ready(now: number): number;
  tl_interaction(now: number): number;
  tl_report_page_loaded(now: number): number;
  tl_hidden(scope: number, activeSpan: number, now: number): number;
  tl_take(now: number, answered: number): number;
  tl_settled(id: number, status: number, spans: number): number;
}

/**
 * What crosses through embind: numbers only. Texts go in as `Core.texts` puts them, at the
 * address that it returns, and come out as `Core.ask` reads them.
 */
export interface PropagationModule {
  raw: PropagationExports;
  readOption(group: number, kind: number, value: number, texts: number): void;
  readTarget(group: number, kind: number, texts: number): void;
  applyOptions(texts: number): void;
  setPage(texts: number): void;
  pageLoad(
    texts: number,
    start: number,
    documentReady: number,
    answered: number,
    now: number,
  ): void;
  routeChange(texts: number, start: number, kind: number, answered: number, now: number): void;
  startTrace(): void;
  continueTrace(texts: number): void;
  closeScope(scope: number): void;
  headerTexts(scope: number, activeSpan: number, flags: number): void;
  currentSpanId(scope: number, activeSpan: number): void;
  reasonName(reason: number): void;
  joinBaggage(texts: number): void;
  close(now: number): void;
}

/**
 * With those of spans and delivery. The files that the propagation entry consists of call nothing
 * of these: its module has none.
 */
export interface CoreModule extends PropagationModule {
  raw: RawExports;
  answerDsc(texts: number, members: number): void;
  listen(hooks: number): void;
  routeName(texts: number): void;
  previousTrace(): void;
  restorePreviousTrace(
    texts: number,
    sampled: number,
    start: number,
    rate: number,
    rand: number,
  ): void;
  explainTrace(scope: number, activeSpan: number): void;
  metaTags(texts: number): void;
  spanJson(span: number): void;
  endpoint(): void;
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
  /** Of a span start three each; of a call through embind the bytes of each text. */
  input = 32,
}

/** Bits of the word that a call answers. */
export const enum Word {
  asks = 1,
  randomLow = 2,
  deadline = 4,
  payload = 16,
  previousTrace = 32,
  memoryGrew = 64,
}

/** Bits of `Cell.asks`. */
export const enum Ask {
  resolvedUrl = 1,
  patterns = 2,
}
