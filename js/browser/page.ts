import type { Core } from '../core/core.js';

let known: Core | undefined;
let knownBase = '';
let knownHref = '';

/** Tells the core where the page is; costs two comparisons when nothing changed. */
export function lookAtPage(core: Core): void {
  const base = document.baseURI;
  const { href } = location;
  if (known === core && base === knownBase && href === knownHref) return;
  known = core;
  knownBase = base;
  knownHref = href;
  const { referrer } = document;
  const { userAgent } = navigator;
  const page = core.texts(href, base, referrer, userAgent);
  core.run(() => {
    core.module.setPage(page);
  });
}

/** `text` made absolute as the browser does for a request; nothing if it cannot be parsed. */
export function resolve(text: string): URL | undefined {
  try {
    return new URL(text, document.baseURI);
  } catch {
    return undefined;
  }
}
