import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { registerWebhooks } from '../../sandbox/webhook-endpoint.ts';

const url = 'http://127.0.0.1:4400/webhooks/stripe/platform';
let server: Server;
let endpoints: { id: string; url: string }[];
let made: number;

beforeEach(async () => {
  endpoints = [];
  made = 0;
  server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const id = request.url?.split('/').at(-1);
    if (request.method === 'DELETE') endpoints = endpoints.filter((endpoint) => endpoint.id !== id);
    if (request.method !== 'POST') return response.end(JSON.stringify({ data: endpoints }));
    made += 1;
    const endpoint = { id: `we_${made}`, url: form.get('url') ?? '' };
    endpoints.push(endpoint);
    response.end(JSON.stringify({ ...endpoint, secret: `whsec_${made}` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  await once(server, 'close');
});

const register = (at: string, known?: string) => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return registerWebhooks({ base, apiKey: 'sk_test_1' }, at, known);
};

test('the endpoint is made once, and its secret kept while it is there', async () => {
  const secret = await register(url);

  expect(secret).toBe('whsec_1');
  expect(await register(url, secret)).toBe('whsec_1');
  expect(made).toBe(1);
});

test('after a move to another port the new endpoint replaces the old one', async () => {
  const moved = 'http://127.0.0.1:5500/webhooks/stripe/platform';
  await register(url);

  expect(await register(moved, 'whsec_1')).toBe('whsec_2');
  expect(endpoints.map((endpoint) => endpoint.url)).toEqual([moved]);
});

test('a lost secret is replaced together with its endpoint', async () => {
  await register(url);

  expect(await register(url)).toBe('whsec_2');
  expect(endpoints).toHaveLength(1);
});
