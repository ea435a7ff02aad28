import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchOutside } from '../../../activities/gateways/fetch-outside.ts';
import { faultOfAddress, mayReach, type Reach } from '../../../activities/gateways/outside-address.ts';

describe('which addresses may be connected to [R24.6]', () => {
  test.each([
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '127.0.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
  ])('%s is not public', (address) => {
    expect(mayReach(address, 'public')).toBe(false);
    expect(mayReach(address, 'any')).toBe(true);
  });

  test.each(['8.8.8.8', '172.32.0.1', '2606:4700:4700::1111'])('%s is public', (address) => {
    expect(mayReach(address, 'public')).toBe(true);
  });

  test('loopback alone is allowed besides where a setting says so', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '10.0.0.1', 'fd00::1'].map((one) => mayReach(one, 'loopback'))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

test.each<[string, Reach, RegExp | null]>([
  ['https://calendar.example.com/ines.ics', 'public', null],
  ['http://calendar.example.com/ines.ics', 'public', /begins with https/],
  ['https://me:secret@calendar.example.com/', 'public', /begins with https/],
  ['file:///etc/passwd', 'any', /begins with https/],
  ['nowhere', 'any', /begins with https/],
  ['https://127.0.0.1/', 'public', /private network/],
  ['https://2130706433/', 'public', /private network/],
  ['https://0x7f.1/', 'public', /private network/],
  ['https://[::ffff:10.0.0.1]/', 'public', /private network/],
  ['https://localhost./', 'public', /private network/],
  ['https://a.localhost/', 'public', /private network/],
  ['http://127.0.0.1:4400/', 'loopback', null],
  ['http://10.0.0.1/', 'loopback', /private network/],
])('%s, reaching %s', (address, reach, fault) => {
  const told = faultOfAddress(address, reach);

  if (fault === null) expect(told).toBeNull();
  else expect(told).toMatch(fault);
});

describe('what is fetched', () => {
  let server: Server;
  let base: string;
  const asked: string[] = [];
  const PAGES: Record<string, RequestListener> = {
    '/text': (_request, response) => void response.end('text'),
    '/large': (_request, response) => void response.end('x'.repeat(2_000)),
    '/moved': (_request, response) => void response.writeHead(302, { location: '/text' }).end(),
    '/inside': (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    '/around': (_request, response) => void response.writeHead(302, { location: '/around' }).end(),
    '/slow': () => undefined,
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const serve = PAGES[request.url ?? ''] ?? ((_request, none) => void none.writeHead(404).end());
      serve(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = (path: string, change: object = {}) =>
    fetchOutside(base + path, { reach: 'loopback', mostBytes: 1_000, timeoutMs: 5_000, ...change });

  test('is read, also where it has moved to', async () => {
    expect(await read('/text')).toBe('text');
    expect(await read('/moved')).toBe('text');
  });

  test.each([
    ['/none', {}, 'The address answers with status 404.'],
    ['/large', {}, 'What is there has more than 0 MB.'],
    ['/inside', {}, 'The address must not lead into a private network.'],
    ['/around', {}, 'The address leads on to others without an end.'],
    ['/slow', { timeoutMs: 100 }, 'The address did not answer in time.'],
  ])('is refused at %s', async (path, change, why) => {
    await expect(read(path, change)).rejects.toThrow(why);
  });

  test('is nothing behind a name of a private address, which is not even connected to', async () => {
    const before = asked.length;
    const address = `https://${hostname()}:${new URL(base).port}/text`;

    await expect(fetchOutside(address, { reach: 'public', mostBytes: 1_000, timeoutMs: 5_000 })).rejects.toThrow(
      /private network|not known/,
    );
    expect(asked).toHaveLength(before);
  });
});
