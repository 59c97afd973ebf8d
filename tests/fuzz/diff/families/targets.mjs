// Which requests carry headers: `tracePropagationTargets`.
import { corpusOf } from '../../corpus.mjs';
import { flag, number } from '../core.mjs';
import { shouldAttach } from '../peer.mjs';
import { loneSurrogates } from '../rules.mjs';
import { mixed } from '../texts.mjs';
import { haveSameOrigin, isOfTextualOrigin, parsed, someUrl } from './urls.mjs';

const corpus = corpusOf('targets');
const pages = [
  ...['https://app.example.com/shop/cart?x=1#top', 'http://localhost:3000/', 'http://localhost/'],
  ...[
    'https://app.example.com:8443/a',
    'file:///C:/app/index.html',
    'about:blank',
    'data:text/html,x',
  ],
  ...[
    'https://user:pw@app.example.com/',
    'app://host/index.html',
    'blob:https://app.example.com/1',
  ],
];
const ownUrls = [
  ...['/api', '/api/users?q=1', '//app.example.com/x', 'item', 'https://app.example.com/api'],
  ...[
    'https://api.example.com/v1',
    'http://localhost:3000/api',
    'https://app.example.com.evil.test/',
  ],
];
const sources = [
  'api',
  '^/api',
  '^https://api\\.',
  'users$',
  'q=1',
  '.',
  '^/',
  'x',
  'EXAMPLE',
  '(',
  '',
];

const somePattern = (random) =>
  random.choose([
    [
      4,
      () =>
        random.of([
          '/api',
          'api.example.com',
          'localhost',
          '',
          'a',
          'q=1',
          'https:',
          '/',
          'xx',
          '%20',
          '\ud800',
        ]),
    ],
    [2, () => mixed(random, () => someUrl(random), corpus, '/apixy.')],
    [3, () => ({ regex: random.of(sources), flags: random.of(['', '', 'i', 'g', 'y', 'gi']) })],
    [1, () => ({ other: random.of([null, 1, true]) })],
  ]);

/** RegExps that cannot be made, as shrinking leaves them, match nothing. */
function regexOf({ regex, flags }) {
  try {
    return new RegExp(regex, flags);
  } catch {
    return null;
  }
}

/** The very objects that a user would have in the option. */
function realTargets(targets) {
  return targets?.map((target) => {
    if (typeof target === 'string') return target;
    if (target.afresh) return (text) => regexOf(target)?.test(text) ?? false;
    return 'regex' in target ? regexOf(target) : target.other;
  });
}

/** Lowest index of a RegExp that matches, -1 for none: what the core asks its host. */
function matchingRegex({ page, targets }, text, url) {
  const matches = (target, subject) => regexOf(target)?.test(subject) ?? false;
  return (targets ?? []).findIndex((target) => {
    if (typeof target?.regex !== 'string') return false;
    if (!page) return matches(target, text);
    if (!url) return false;
    const own = url.origin === new URL(page).origin;
    return matches(target, url.href) || (own && matches(target, url.pathname));
  });
}

const pageOf = (href) => parsed(href)?.href ?? '';
const resolve = ({ page, base }, text) => (page ? parsed(text, base || page) : null);

export const targets = {
  name: 'targets',
  share: 8,
  make(random) {
    const page = random.chance(0.1) ? '' : pageOf(random.of(pages));
    const url = () =>
      random.chance(0.3)
        ? random.of(ownUrls)
        : mixed(random, () => someUrl(random), corpus, 'htps:/.?#a');
    return {
      page,
      base: page && random.chance(0.15) ? random.of(pages) : page,
      targets: random.chance(0.25) ? null : random.times(0, 4, () => somePattern(random)),
      urls: random.times(1, 4, url),
    };
  },
  ask(input) {
    const { page, base, targets: given, urls } = input;
    return [
      ...[page, base, flag(given !== null), number(given?.length ?? 0)],
      ...(given ?? []).map((target) => (typeof target === 'string' ? target : null)),
      ...urls.flatMap((text) => {
        const url = resolve(input, text);
        return [text, url?.href ?? '', number(matchingRegex(input, text, url))];
      }),
    ];
  },
  read: (fields, { urls }) => urls.map(() => fields.flag()),
  peer(input) {
    const real = realTargets(input.targets);
    return input.urls.map((text) => shouldAttach(input.page, text, real));
  },
  rules: [
    loneSurrogates,
    {
      // propagation.md 11 (delta): resolved against the document base URL; the peer takes the
      // page's own, and so needs absolute ones. Where there is none, it gets one that nobody parses.
      name: 'document base URL',
      input(input) {
        const { page, base } = input;
        if (!page || base === page) return input;
        const urls = input.urls.map((text) => resolve(input, text)?.href ?? 'https://[');
        return { ...input, urls };
      },
    },
    {
      // propagation.md 11 (delta): a global or sticky RegExp starts at position 0 each time; with
      // the peer the second of two equal requests may differ from the first.
      name: 'stateful RegExps',
      input: (input) => ({
        ...input,
        targets:
          input.targets?.map((target) =>
            /[gy]/.test(target?.flags ?? '') ? { ...target, afresh: true } : target,
          ) ?? null,
      }),
    },
    {
      // As in urls.mjs. With the option set nothing depends on it: what occurs in the pathname
      // occurs in the whole text, and RegExps are the host's.
      name: 'textual origins',
      answer(answer, input) {
        const page = parsed(input.page);
        if (!page || input.targets !== null) return answer;
        return answer.map((attached, at) => {
          const url = resolve({ page: input.page, base: input.base }, input.urls[at]);
          return url && isOfTextualOrigin(page, url) ? haveSameOrigin(page, url) : attached;
        });
      },
    },
  ],
};
