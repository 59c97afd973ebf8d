import type { Session } from '../api/client.js';
import { quietly } from '../base/quietly.js';
import { Ask } from '../core/module.js';
import { page, resolve } from './page.js';

/** Which of the host's own patterns matches first; -1: none. */
function matchPattern(targets: readonly unknown[], url: string): number {
  const parsed = resolve(url);
  if (page && !parsed) return -1;
  const href = page ? parsed!.href : url;
  const { origin, pathname = '' } = parsed ?? {};
  const sameOrigin = page !== undefined && origin === location.origin;
  const matches = (target: unknown, text: string): boolean => {
    if (target instanceof RegExp) {
      target.lastIndex = 0;
      return target.test(text);
    }
    return typeof target === 'function' && Boolean((target as (url: string) => unknown)(text));
  };
  return targets.findIndex((target) =>
    quietly(() => matches(target, href) || (sameOrigin && matches(target, pathname))),
  );
}

/** Gives the core the answers it lacks about where `url` goes. */
export function answerTarget({ core, targets }: Session, url: string, asks: number): void {
  const { raw } = core;
  if (asks & Ask.resolvedUrl) {
    const resolved = resolve(url)?.href ?? '';
    core.write(url.length + resolved.length);
    const urlBytes = core.put(url);
    const resolvedBytes = core.put(resolved);
    core.call(() => {
      raw.tl_answer_url(core.text, urlBytes, resolvedBytes);
      return raw.tl_word();
    });
  }
  if (asks & Ask.patterns) {
    // User code: it may call us, so nothing of ours lies in the scratch meanwhile.
    const pattern = matchPattern(targets, url);
    core.write(url.length);
    const urlBytes = core.put(url);
    core.call(() => {
      raw.tl_answer_pattern(core.text, urlBytes, pattern);
      return raw.tl_word();
    });
  }
}
