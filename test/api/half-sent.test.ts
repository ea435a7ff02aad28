import { describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { log } from '../../log.ts';
import { eventually } from '../ground/eventually.ts';
import { api, world, useApi } from './use-api.ts';

useApi({ receiveMs: 600, worldOf: 'all tests' });

async function opened(): Promise<Socket> {
  const { port, hostname } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket.resume();
}

const JSON_HEAD = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${world.keys.owner}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n`;

const halves: [string, () => string][] = [
  ['the head of a request', () => 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['the body of a request', () => `${JSON_HEAD('/v1/products')}\r\n{"name":`],
  ['the body of a form', () => 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail='],
  ['the body of a webhook', () => 'POST /webhooks/stripe/platform HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'],
  [
    'a body in pieces',
    () => 'POST /v1/products HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"nam\r\n',
  ],
];

describe.each(halves)('who sends half of %s', (_what, half) => {
  test('and no more is cut off, also when a byte comes from time to time', async () => {
    const socket = await opened();
    // Not `once`, which takes a reset for a failure: it is one way to be cut off.
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(half());
    const dripping = setInterval(() => socket.write('x'), 100);

    await closed;

    clearInterval(dripping);
  });

  test('and goes away is no error, neither in the log nor in the figures', async () => {
    const errors = jest.spyOn(log, 'error');
    const socket = await opened();
    socket.write(half());
    await eventually(() => socket.bytesWritten > 0);

    socket.destroy();

    await eventually(async () => (await api.connections()) === 0);
    expect(errors.mock.calls).toEqual([]);
    expect(await api.metrics()).not.toMatch(/status="5\d\d"|outcome="(internal_error|unavailable)"/);
    errors.mockRestore();
  });
});
