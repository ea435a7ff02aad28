import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { freePorts } from '../../ground/ports.ts';
import { findStripeMock } from '../../ground/stripe-mock.ts';

/**
 * A request and Stripe's verdict on it: `refusal` is null where its published OpenAPI allows the
 * request.
 */
type Judged = { request: string; refusal: string | null };

/**
 * Fields that an answer of stripe-mock's, which is always the same, gets to lead the gateway on: by
 * the start of "METHOD /path".
 */
export type Overlay = { request: string; fields: object };

export type StripeMock = { url: string; judged: Judged[]; close: () => Promise<void> };

/** stripe-mock, behind a proxy that notes what it says to each request. */
export async function aStripeMock(overlays: Overlay[]): Promise<StripeMock> {
  const [httpPort, httpsPort] = await freePorts(2);
  const child = spawn(
    await findStripeMock(),
    ['-http-addr', `127.0.0.1:${httpPort}`, '-https-addr', `127.0.0.1:${httpsPort}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  await untilSaid(child.stdout, `:${httpPort}`);

  const judged: Judged[] = [];
  const proxy = createServer((request, response) => {
    void pass(request, response, { mockUrl: `http://127.0.0.1:${httpPort}`, overlays, judged });
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const close = async () => {
    proxy.closeAllConnections();
    proxy.close();
    child.kill();
    await ended;
  };
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, judged, close };
}

/**
 * Resolves once the text has come; goes on reading, so that the process is never held up by a full
 * pipe.
 */
function untilSaid(stream: Readable, text: string): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()).includes(text) && resolve());
    stream.once('end', () => reject(new Error(`stripe-mock ended: ${said}`)));
  });
}

type Passing = { mockUrl: string; overlays: Overlay[]; judged: Judged[] };

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, { mockUrl, overlays, judged }: Passing) {
  const body = Buffer.concat(await incoming.toArray());
  const { method = '', url = '', headers } = incoming;
  const answer = await fetch(`${mockUrl}${url}`, {
    method,
    headers: pick(headers, ['authorization', 'content-type', 'stripe-version', 'idempotency-key']),
    ...(body.length > 0 && { body }),
  });
  const said = (await answer.json()) as { error?: { message: string } };
  const request = `${method} ${url.split('?')[0]}`;
  judged.push({ request, refusal: answer.ok ? null : (said.error?.message ?? String(answer.status)) });
  const overlay = overlays.find((one) => request.startsWith(one.request));
  outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ ...said, ...overlay?.fields }));
}

const pick = (headers: IncomingMessage['headers'], names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
