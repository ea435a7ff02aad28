/**
 * Sends signed events over as many connections as asked for, each with one request at a time, as
 * fast as they are answered. Speaks HTTP over bare sockets: a client that takes as long as the
 * server would measure itself.
 */
import { connect } from 'node:net';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import Stripe from 'stripe';

export type LoadInput = {
  url: string;
  secret: string;
  connections: number;
  events: number;
  /** Starts the id of every event. */
  run: string;
  /** Bodies of events to be sent by turns, each under ids of its own. */
  bodies: string[];
};

export type LoadAnswer = { seconds: number; acknowledged: string[]; refused: number };

const input = (await json(process.stdin)) as LoadInput;
const requests = Array.from({ length: input.events }, (_, index) => requestOf(index));
const acknowledged: string[] = [];
let refused = 0;
let next = 0;

const sockets = Array.from({ length: input.connections }, () => connectTo(new URL(input.url)));
await Promise.all(sockets.map((socket) => once(socket, 'connect')));
const began = performance.now();
await Promise.all(sockets.map(sendAll));
const seconds = (performance.now() - began) / 1_000;
sockets.forEach((socket) => socket.destroy());
process.stdout.write(JSON.stringify({ seconds, acknowledged, refused } satisfies LoadAnswer));

type Request = { id: string; bytes: Buffer };

function requestOf(index: number): Request {
  const id = `evt_${input.run}_${index}`;
  const event = JSON.parse(input.bodies[index % input.bodies.length] ?? '{}') as object;
  const payload = JSON.stringify({ ...event, id }, null, 2);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: input.secret });
  const { pathname, host } = new URL(input.url);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(payload)}`,
    `Stripe-Signature: ${signature}`,
  ];
  return { id, bytes: Buffer.from(`${head.join('\r\n')}\r\n\r\n${payload}`) };
}

function connectTo({ hostname, port }: URL) {
  return connect({ host: hostname, port: Number(port), noDelay: true });
}

type Socket = ReturnType<typeof connectTo>;

async function sendAll(socket: Socket): Promise<void> {
  socket.setEncoding('latin1');
  for (let request = requests[next++]; request; request = requests[next++]) {
    socket.write(request.bytes);
    const status = await answerOf(socket);
    if (status === 200) acknowledged.push(request.id);
    else refused += 1;
  }
}

function answerOf(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.removeAllListeners('data').removeAllListeners('close');
    socket.on('close', () => reject(new Error(`the server hung up: ${text}`)));
    socket.on('data', (part: string) => {
      text += part;
      if (isWhole(text)) resolve(Number(text.slice(9, 12)));
    });
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
}
