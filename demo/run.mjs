// node demo/run.mjs            the shop, its services and the viewer, to click through
// node demo/run.mjs --check    the same without a screen: clicks by itself and verifies

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { choosePorts } from './ports.mjs';
import { pricesAreThere, startAll } from './start.mjs';
import { describeEntry, heading } from './terminal.mjs';

const FRIENDLY_PORTS = { shop: 4100, stock: 4101, reviews: 4102, prices: 4103, viewer: 8969 };
const ANY_PORTS = { shop: 0, stock: 0, reviews: 0, prices: 0, viewer: 0 };
const CHECK_LIMIT_S = 60;
const PICTURES_LIMIT_S = 180;

const options = readOptions();
if (!existsSync(new URL('../dist/throughline.min.js', import.meta.url))) {
  fail('dist/throughline.min.js is not there yet. Build it first: npm run build');
}
if (!pricesAreThere()) {
  fail('build/demo/prices is not there yet. Build it first: node .ci/build.mjs --demo');
}
if (options.check) {
  const { findChromium } = await import('./chromium.mjs');
  if (!findChromium()) fail('No Chromium: neither on PATH nor where CHROMIUM_PATH points.');
}

const wanted = options.check ? ANY_PORTS : FRIENDLY_PORTS;
const ports = await choosePorts(wanted);
if (!options.check) tellMovedPorts();

const received = [];
const pageEntries = [];
const demo = startAll(ports, {
  request(request) {
    if (options.check) received.push(request);
  },
  page(entry) {
    if (options.check) pageEntries.push(entry);
    else console.log(describeEntry(entry));
  },
  earlyEnd(reason) {
    console.error(`\n${reason}\nThe others are ended as well.`);
    end(1);
  },
});

let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  await demo.stop();
  process.exit(code);
}
process.once('SIGINT', () => {
  console.log('\nEnding everything …');
  end(options.check ? 130 : 0);
});
process.once('SIGTERM', () => end(143));
process.once('SIGHUP', () => end(129));
process.once('uncaughtException', (error) => {
  console.error(error);
  end(1);
});

if (options.check) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  const limit = options.screenshots ? PICTURES_LIMIT_S : CHECK_LIMIT_S;
  const timer = setTimeout(() => {
    console.error(`\nFAILED: expected to be done within ${limit} s.`);
    end(1);
  }, limit * 1000);
  const { check } = await import('./check.mjs');
  const passed = await check({
    ...demo,
    received,
    pageEntries,
    say: (step) => console.log(`${seconds().padStart(6)} s  ${step}`),
    screenshots: options.screenshots,
  });
  clearTimeout(timer);
  end(passed ? 0 : 1);
} else {
  console.log('Starting the shop, its services and the viewer …');
  await demo.ready;
  console.log(heading(demo.addresses));
}

function readOptions() {
  try {
    return parseArgs({
      options: { check: { type: 'boolean' }, screenshots: { type: 'string' } },
    }).values;
  } catch (error) {
    return fail(`${error.message}\nUsage: node demo/run.mjs [--check [--screenshots DIR]]`);
  }
}

function tellMovedPorts() {
  for (const [name, port] of Object.entries(wanted)) {
    if (ports[name] === port) continue;
    console.log(`Port ${port} is busy; the ${name} takes ${ports[name]} this time.`);
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
