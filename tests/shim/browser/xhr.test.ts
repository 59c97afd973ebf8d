/** @jest-environment ./tests/shim/page-environment.js */
import { close } from '../../../js/index.js';
import { startBuilt } from '../support/built.js';
import { breakCore, tracePage } from '../support/page.js';

const proto = XMLHttpRequest.prototype;
const names = ['open', 'send', 'setRequestHeader'] as const;
const look = (): unknown[] => names.map((name) => Object.getOwnPropertyDescriptor(proto, name));

// Nothing leaves; headers are taken down.
const send = jest.spyOn(proto, 'send').mockImplementation(() => {});
const set = jest.spyOn(proto, 'setRequestHeader');
const before = look();

function request(headers: Record<string, string> = {}): XMLHttpRequest {
  const xhr = new XMLHttpRequest();
  xhr.open('POST', '/orders');
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
  xhr.send('body');
  return xhr;
}

beforeEach(() => {
  jest.clearAllMocks();
});

afterEach(() => close());

describe('XMLHttpRequest', () => {
  it('carries the trace', () => {
    tracePage();
    request();
    expect(set.mock.calls).toEqual([
      ['sentry-trace', expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}$/)],
      ['baggage', expect.stringContaining('sentry-public_key=public')],
    ]);
  });

  it("is sent once, with the page's own this and body", () => {
    tracePage();
    const xhr = request();
    expect(send.mock.calls).toEqual([['body']]);
    expect(send.mock.contexts[0]).toBe(xhr);
  });

  it('combines repeated baggage of the page as on the wire', () => {
    tracePage();
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/orders');
    xhr.setRequestHeader('Baggage', 'sentry-theirs=1');
    xhr.setRequestHeader('baggage', 'b=2');
    xhr.send();
    // The first call brought members of sentry-: ours stay away.
    expect(set.mock.calls.map(([name]) => name)).toEqual(['Baggage', 'baggage', 'sentry-trace']);
  });

  it('sends in spite of a header that the browser refuses', () => {
    tracePage();
    set.mockImplementationOnce(() => {
      throw new DOMException('refused');
    });
    request();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('passes on the exceptions of misuse', () => {
    tracePage();
    expect(() => {
      new XMLHttpRequest().setRequestHeader('a', 'b');
    }).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  });

  it('is sent when our code throws', () => {
    const module = startBuilt();
    tracePage({}, module);
    breakCore(module);
    request({ accept: '*/*' });
    expect(send.mock.calls).toEqual([['body']]);
    expect(set.mock.calls).toEqual([['accept', '*/*']]);
  });

  it('is as it was after close', async () => {
    tracePage();
    expect(look()).not.toEqual(before);
    await close();
    expect(look()).toEqual(before);
  });

  it('stays wrapped by others after close, without headers', async () => {
    tracePage();
    const ours = Object.getOwnPropertyDescriptor(proto, 'send')!.value as typeof proto.send;
    proto.send = function (this: XMLHttpRequest, body) {
      ours.call(this, body);
    };
    await close();
    request();
    expect(send).toHaveBeenCalledTimes(1);
    expect(set).not.toHaveBeenCalled();
    Object.defineProperty(proto, 'send', before[1] as PropertyDescriptor);
  });
});
