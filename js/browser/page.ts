import type { Core } from '../core/core.js';

/** The document; nothing in a worker. */
export const page = globalThis.document as Document | undefined;

let known: Core | undefined;
let knownBase = '';
let knownHref = '';

/**
 * Tells the core where the page is; costs two comparisons when nothing changed. A worker is
 * nowhere: its requests are matched as they are written (propagation.md section 11).
 */
export function lookAtPage(core: Core): void {
  const base = page ? page.baseURI : '';
  const href = page ? location.href : '';
  if (known === core && base === knownBase && href === knownHref) return;
  known = core;
  knownBase = base;
  knownHref = href;
  const { userAgent } = navigator;
  const texts = core.texts(href, base, page?.referrer ?? '', userAgent);
  core.run(() => core.raw.tl_set_page(texts));
}

/** The same where only what URLs are relative to matters. */
export function lookAtBase(core: Core): void {
  if (known !== core || (page && page.baseURI !== knownBase)) lookAtPage(core);
}

/** `text` made absolute as the browser does for a request; nothing if it cannot be parsed. */
export function resolve(text: string): URL | undefined {
  try {
    return new URL(text, page ? page.baseURI : location.href);
  } catch {
    return undefined;
  }
}
