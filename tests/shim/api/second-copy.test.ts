import { openClient, type Client } from '../../../js/api/client.js';
import { hostWithoutPage } from '../support/host.js';

const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});

// A second copy has modules of its own.
let open: typeof openClient;
jest.isolateModules(() => {
  ({ openClient: open } = jest.requireActual<typeof import('../../../js/api/client.js')>(
    '../../../js/api/client.js',
  ));
});

const start = (opener: typeof openClient): Client | undefined => opener(hostWithoutPage(), {});

beforeEach(() => warn.mockClear());

describe('a second copy', () => {
  it('says that it stays off, and does', async () => {
    const first = start(openClient);
    expect(start(open)).toBeUndefined();
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/version \S+ runs here already; this copy \(\S+\) stays off/)],
    ]);
    await first!.close();
  });

  it('starts once the first one was closed', async () => {
    await start(openClient)!.close();
    const second = start(open);
    expect(second).toBeDefined();
    expect(start(openClient)).toBeUndefined();
    await second!.close();
  });

  it('starts where the first one could not', async () => {
    const refused = (): never => {
      throw new Error('no WebAssembly');
    };
    expect(openClient(hostWithoutPage({ startModule: refused }), {})).toBeUndefined();
    const second = start(open);
    expect(second).toBeDefined();
    await second!.close();
  });
});

it('a global object that takes nothing new is no reason to fail', async () => {
  const RUNNING = Symbol.for('throughline');
  Object.defineProperty(globalThis, RUNNING, { value: undefined, configurable: true });
  const client = start(openClient);
  Reflect.deleteProperty(globalThis, RUNNING);
  expect(client).toBeDefined();
  await client!.close();
});
