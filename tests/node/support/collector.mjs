import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('collector-process.mjs', import.meta.url));

/** Milliseconds after which what did not arrive fails its test, instead of holding up all. */
const PATIENCE = 20_000;

/** Items of an envelope: header and payload of each. */
function itemsOf(text) {
  const [, ...lines] = text.trimEnd().split('\n');
  const items = [];
  for (let i = 0; i < lines.length; i += 2) {
    items.push([JSON.parse(lines[i]), JSON.parse(lines[i + 1])]);
  }
  return items;
}

/** A receiver of envelopes; `stop` ends it. */
export async function startCollector() {
  const child = fork(PROCESS);
  const received = [];
  const waiting = [];
  const look = () => {
    for (const wait of [...waiting]) {
      const found = received.find(wait.wanted);
      if (!found) continue;
      waiting.splice(waiting.indexOf(wait), 1);
      wait.resolve(found);
    }
  };
  const port = await new Promise((resolve) => {
    child.on('message', (message) => {
      if (message.kind === 'ready') return resolve(message.port);
      const { headers, url } = message;
      const [envelope] = message.text.split('\n', 1);
      for (const [header, payload] of itemsOf(message.text)) {
        received.push({ type: header.type, payload, envelope: JSON.parse(envelope), headers, url });
      }
      return look();
    });
  });
  return {
    dsn: `http://public@127.0.0.1:${port}/1`,
    /** What arrived, in order. */
    received,
    /** The first item that `wanted` is true of, now or later. */
    find: (wanted) =>
      new Promise((resolve, reject) => {
        const names = () => received.map(({ type, payload }) => payload.transaction ?? type).join();
        const tooLate = setTimeout(() => {
          reject(new Error(`It did not arrive; what did: ${names()}`));
        }, PATIENCE);
        const found = (item) => {
          clearTimeout(tooLate);
          resolve(item);
        };
        waiting.push({ wanted, resolve: found });
        look();
      }),
    /** The first transaction of that name. */
    transaction(name) {
      const isIt = ({ type, payload }) => type === 'transaction' && payload.transaction === name;
      return this.find(isIt);
    },
    stop: () => child.kill(),
  };
}
