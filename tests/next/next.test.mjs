// Next.js with both of its routers: an application that is built and started, requests by fetch and
// by Chromium, and what a collector received. Each fact for each major version.
import { after, before, describe, test } from 'node:test';

import { browsing, browsingBefore } from './facts/browsing.mjs';
import { requests } from './facts/requests.mjs';
import { majors, old } from './support/application.mjs';
import { run } from './support/running.mjs';

for (const major of majors) {
  describe(`Next ${major}`, () => {
    const here = {};
    before(() => run(major, here));
    after(() => here.stop());

    const it = (fact, body) => test(`Next ${major}: ${fact}`, body);
    requests(it, here);
    // They wait for what pages send when nothing happens any more; each looks at its own page only.
    describe('in Chromium', { concurrency: 3 }, () => browsing(it, here));
  });
}

describe(`Next ${old}`, () => {
  const here = {};
  before(() => run(old, here));
  after(() => here.stop());

  browsingBefore((fact, body) => test(`Next ${old}: ${fact}`, body), here);
});
