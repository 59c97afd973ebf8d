// URLs: the core's short way of resolving them against `new URL`, and what it sees in a resolved one.
import { corpusOf } from '../../corpus.mjs';
import { core, quietly } from '../peer.mjs';
import { loneSurrogates } from '../rules.mjs';
import { mixed, nasty } from '../texts.mjs';

const corpus = corpusOf('urls', 'targets', 'dsn');
const alphabet = 'htps:/.?#@%2e-a0[]\\';

export const parsed = (text, base) => {
  try {
    return new URL(text, base || undefined);
  } catch {
    return null;
  }
};

const hosts = [
  ...['example.com', 'api.example.com', 'a', 'localhost', 'a-b.c', 'EXAMPLE.com', '127.0.0.1'],
  ...['1.2.3', '0x7f.1', 'a.1', 'a.0x1', 'xn--mnchen-3ya.example', 'xn--a', 'xn--', 'münchen.de'],
  ...['[::1]', 'a..b', '.a', 'a.', 'a_b', 'a%41', '1a', 'a.1a', 'user@h', 'u:p@h', ''],
];
const ports = [
  '',
  '',
  '',
  '',
  ':80',
  ':443',
  ':8080',
  ':0',
  ':08',
  ':65535',
  ':65536',
  ':',
  ':a',
  ':8a',
];
const schemes = [
  ...['https://', 'https://', 'https://', 'http://', 'http://', 'HTTPS://', 'https:/', 'https:'],
  ...['ws://', 'wss://', 'ftp://', 'file:///', 'file://', '//', '\\\\', '/\\', 'ht\ntp://'],
];
const segments = [
  'a',
  'B-c',
  '.',
  '..',
  '...',
  '%2e',
  '%2E.',
  '.%2e',
  '',
  'a.b',
  '%zz',
  '%41',
  'é',
  ' ',
  "'",
  '^',
  '|',
  '{',
  '\\',
  '\t',
];

const somePath = (random) =>
  random
    .times(0, 4, () => `/${random.of(segments)}${random.chance(0.2) ? random.of(segments) : ''}`)
    .join('');

const someTail = (random) =>
  (random.chance(0.3) ? `?${random.text('q=1&\'^`|"<>é \\/%', 0, 5)}` : '') +
  (random.chance(0.2) ? `#${random.text('f`^"<> é?#/|\\', 0, 4)}` : '');

/** A host of which the short way knows, as long as nothing is wrong with it. */
const goodHost = (random) =>
  random.times(1, 3, () => random.text('abcxyz019-', 1, 5)).join('.') +
  random.of(['', '', '', '.com']);

/** In normal form but for at most one place, where anything may stand. */
function nearlyNormal(random) {
  const path = random.times(1, 4, () => `/${random.text("aB09-_~!$&'()*+,;=:@.", 0, 5)}`).join('');
  const tail = random.choose([
    [3, () => ''],
    [2, () => `?${random.text('aB0=&/?.:@[]|^`', 0, 6)}`],
    [1, () => `#${random.text("aB0/?#'|^", 0, 4)}`],
  ]);
  const start = random.choose([
    [2, () => ''],
    [
      3,
      () => `${random.of(['https', 'http'])}://${goodHost(random)}${random.of(['', '', ':8080'])}`,
    ],
  ]);
  const text = start + path + tail;
  if (random.chance(0.6)) return text;
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.of(nasty) + text.slice(at + random.below(2));
}

export function someUrl(random) {
  return random.choose([
    [5, () => nearlyNormal(random)],
    [
      4,
      () =>
        `${random.of(['https', 'http'])}://${goodHost(random)}${random.of(ports)}${somePath(random)}${someTail(random)}`,
    ],
    [
      3,
      () =>
        random.of(schemes) +
        random.of(hosts) +
        random.of(ports) +
        somePath(random) +
        someTail(random),
    ],
    [4, () => (somePath(random) || '/') + someTail(random)],
    [1, () => random.of(['', '.', '..', 'x', '?q', '#f', 'a/b', './a', 'a:b'])],
    [
      1,
      () =>
        random.of([
          'data:text/plain,a',
          'blob:https://app.example.com/1',
          'blob:x',
          'about:blank',
          'mailto:a@b',
          'javascript:1',
          'app://host/p',
          'app:/p',
        ]),
    ],
  ]);
}

const bases = [
  'https://app.example.com/shop/cart?x=1#top',
  'http://localhost:3000/',
  'https://127.0.0.1/a/',
  'https://xn--mnchen-3ya.example/',
];

/** design.md decision 18: for texts in normal form the host's answer is known beforehand. */
export const urlForm = {
  name: 'url normal form',
  family: 'url form',
  share: 12,
  make: (random) => ({
    text: mixed(random, () => someUrl(random), corpus, alphabet),
    base: random.of(bases),
  }),
  ask: ({ text }) => [text],
  // What a request resolves to: by the short way, or by the host where the core asks for it.
  read(fields, { text, base }, note) {
    const form = fields.text();
    note(form === 'ask' ? 'asked the host' : 'knew the answer');
    if (form === 'ask') return parsed(text, base)?.href ?? null;
    return form === 'path' ? new URL(base).origin + text : text;
  },
  peer: ({ text, base }) => parsed(text, base)?.href ?? null,
  rules: [],
};

const hasUserinfo = (url) => url !== null && (url.username !== '' || url.password !== '');

const special = ['http:', 'https:', 'ws:', 'wss:', 'ftp:'];

const isOfApplication = ({ protocol, host }) =>
  !special.includes(protocol) && protocol !== 'file:' && host !== '';

/** An address in a blob: URL that no browser has put there: it would be serialised. */
const isOddBlob = ({ protocol, pathname }) => {
  const address = protocol === 'blob:' ? parsed(pathname) : null;
  return protocol === 'blob:' && (address?.href !== pathname || hasUserinfo(address));
};

/**
 * url/parts.h: the core takes origins off serialised texts. Where that makes a difference:
 * URLs of other schemes with a host have an origin too, as in the browsers that know the scheme
 * (Node says "null"); and the address in a blob: URL is taken as it stands.
 */
const hasTextualOrigin = (url) => isOfApplication(url) || isOddBlob(url);

const textualOrigin = (url) => {
  if (isOfApplication(url)) return `${url.protocol}//${url.host}`;
  if (!isOddBlob(url)) return url.origin;
  return /^https?:\/\/[^/@]+(?![^/]*@)(?=\/|$)/.exec(url.pathname)?.[0] ?? 'null';
};

export const isOfTextualOrigin = (url, other) => hasTextualOrigin(url) || hasTextualOrigin(other);

export const haveSameOrigin = (url, other) => textualOrigin(url) === textualOrigin(other);

export const urlParts = {
  name: 'url parts',
  share: 5,
  make: (random) => {
    const one = () => mixed(random, () => someUrl(random), corpus, alphabet);
    const a = parsed(one(), random.of(bases))?.href ?? 'about:blank';
    return { a, b: random.chance(0.3) ? a : (parsed(one(), a)?.href ?? random.of(bases)) };
  },
  ask: ({ a, b }) => [a, b],
  read: (fields) => ({
    scheme: fields.text(),
    userinfo: fields.text(),
    host: fields.text(),
    path: fields.text(),
    query: fields.text(),
    fragment: fields.text(),
    origin: fields.text(),
    sameOrigin: fields.flag(),
  }),
  peer({ a, b }) {
    const [url, other] = [new URL(a), new URL(b)];
    // It is serialised texts that the core takes apart.
    if (url.href !== a || other.href !== b) throw new TypeError('not serialised');
    const { username, password, origin } = url;
    return {
      scheme: url.protocol.slice(0, -1),
      userinfo: password === '' ? username : `${username}:${password}`,
      host: url.host,
      path: url.pathname,
      query: url.search,
      fragment: url.hash,
      origin: origin === 'null' || hasUserinfo(url) ? '' : origin,
      sameOrigin: origin === other.origin,
    };
  },
  rules: [
    {
      name: 'textual origins',
      answer(answer, { a, b }) {
        const [url, other] = [new URL(a), new URL(b)];
        if (!isOfTextualOrigin(url, other)) return answer;
        const origin = textualOrigin(url);
        const isOwn = hasTextualOrigin(url) && answer.userinfo === '';
        return {
          ...answer,
          origin: isOwn ? origin.replace(/^null$/, '') : answer.origin,
          sameOrigin: haveSameOrigin(url, other),
        };
      },
    },
  ],
};

/** "https://:@host": user info in the text, none to the host. */
const isEmptyUserinfo = (text) => /:@/.test(text.replace(/[\t\n\r]/g, ''));

const mayChange = (url) => url === null || hasUserinfo(url) || hasEmbeddedUserinfo(url);

const FILTERED = '%filtered%';

/** What is left of a URL without its user info. */
function withoutUserinfo(url) {
  const copy = new URL(url.href);
  copy.username = '';
  copy.password = '';
  return copy.href;
}

// The sanitiser knows the text, not the page: "https:a@b" has user info unless the page is one of
// https, where it is a path. So both readings count.
const readings = (text) =>
  ['https://app.example.com/a', 'http://app.example.com/a'].map((base) => parsed(text, base));

// blob:https://user:password@host and the like: no user info to the host, but credentials.
const hasEmbeddedUserinfo = (url) =>
  url !== null &&
  !special.includes(url.protocol) &&
  /\/\/[^/?#]*@|^[a-z]+:(?:https?|wss?|ftp):/i.test(url.href);

/**
 * design.md section 6, point 3: no credentials, ever. Held against the host's own reading: user
 * info is replaced and nothing else, and without any the text stays. A text that is no URL at all
 * may be filtered more than it needs.
 */
export const credentials = {
  name: 'credentials',
  share: 6,
  make(random) {
    const userinfo = () =>
      random.choose([
        [
          4,
          () =>
            random.of(['user@', 'user:pw@', ':pw@', 'user:@', '@', 'a@b@', 'u:p@w@', 'u%40:p@']),
        ],
        [1, () => `${random.text('abc:@%40é;', 0, 6)}@`],
      ]);
    const authority = () => {
      const host = random.of(hosts);
      return (random.chance(0.7) ? userinfo() : '') + host + random.of(ports);
    };
    const text = () =>
      random.of([...schemes, 'app://', ' https://', 'blob:https://']) +
      authority() +
      somePath(random) +
      someTail(random);
    return mixed(random, text, corpus, `${alphabet}@@@`);
  },
  ask: (text) => [text],
  read(fields, text) {
    const out = fields.text();
    const before = readings(text);
    const after = readings(out);
    const hidden = (part) => part === '' || part === FILTERED;
    const isHidden = (url) => url === null || (hidden(url.username) && hidden(url.password));
    const lost = before.some((url, at) => hasUserinfo(url) && after[at] === null);
    return {
      hidden: !lost && after.every(isHidden),
      rest: before.map((url, at) => (hasUserinfo(url) ? withoutUserinfo(after[at] ?? url) : null)),
      unchanged: out === text.toWellFormed() || isEmptyUserinfo(text) || before.some(mayChange),
    };
  },
  peer: (text) => ({
    hidden: true,
    rest: readings(text).map((url) => (hasUserinfo(url) ? withoutUserinfo(url) : null)),
    unchanged: true,
  }),
  rules: [loneSurrogates],
};

// What stands for a line break where the peer would stop: nothing that texts have by chance.
const marks = ['\n', '\r', '\u2028', '\u2029'];
const marked = (text) =>
  text.replace(/[\n\r\u2028\u2029]/g, (c) => `\ue000${marks.indexOf(c)}\ue001\ue000`);
const unmarked = (text) => text.replace(/\ue000([0-3])\ue001\ue000/g, (_, at) => marks[at]);

const corpusOfDsn = corpusOf('dsn');

function someDsn(random) {
  const word = () => random.text('abcXYZ019_', 1, 6);
  const part = (probability, make) => (random.chance(probability) ? make() : '');
  return [
    random.of(['https', 'https', 'https', 'http', 'HTTPS', 'ftp', '']),
    random.of(['://', '://', '://', '://', ':/', '//']),
    part(0.95, word),
    part(0.2, () => `:${part(0.8, word)}`),
    part(0.97, () => '@'),
    random.of([
      'o42.ingest.example.io',
      'example.com',
      'o7.a',
      'O7.a',
      'o7x.a',
      'localhost',
      '[::1]',
      'a-b.c',
      'a b',
      '',
    ]),
    part(0.3, () => `:${random.text('0123456789', 0, 5)}`),
    part(0.95, () => '/'),
    part(0.3, () => `${random.text('ab/%-.', 1, 4)}/`),
    part(0.95, () => random.text('0123456789', 1, 7)),
    part(0.2, () => random.of(['/', '?x', '#x', 'abc', '/9', '?a/9', '\n', ' '])),
  ].join('');
}

export const dsn = {
  name: 'dsn',
  share: 4,
  make: (random) => mixed(random, () => someDsn(random), corpusOfDsn, `${alphabet}0123456789`),
  ask: (text) => [text],
  read: (fields) => (fields.done ? null : Array.from({ length: 10 }, () => fields.text())),
  peer(text) {
    const found = quietly(() => core.makeDsn(text));
    if (!found) return null;
    const { protocol, publicKey, pass, host, port, path, projectId } = found;
    return [
      ...[protocol, publicKey, pass, host, port, path, projectId],
      core.extractOrgIdFromClient?.(found) ?? /^o(\d+)\./.exec(host)?.[1] ?? null,
      core.dsnToString(found),
      core.getEnvelopeEndpointWithUrlEncodedAuth(found, undefined, {
        name: 'sentry.javascript.browser',
        version: '10.63.0',
      }),
    ];
  },
  rules: [
    loneSurrogates,
    {
      // envelope.md 1: no query; the peer looks for slashes in it.
      name: 'query and fragment',
      input: (text) => text.replace(/[?#].*$/s, ''),
    },
    {
      // envelope.md 1: the path is everything up to the last segment; the peer's expression stops
      // at a line break, which the core takes for a character like any other.
      name: 'line breaks',
      input: marked,
      answer: (parts) => parts?.map((part) => part && unmarked(part)) ?? null,
    },
  ],
};
