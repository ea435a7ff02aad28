import { createHmac } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { v7 as uuid } from 'uuid';
import { PUBLIC_URL, RESEND_SECRET, WEBHOOK_SECRET } from './an-api.ts';

export type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer };
export type Heard = { status: number; headers: IncomingHttpHeaders; text: string };

let asked = 0;

/**
 * Sends what no browser or client of ours would; each time from another address, so that no limit
 * on tries hides what comes behind it.
 */
export function ask(url: string, { method, path, headers = {}, body = '' }: Sent): Promise<Heard> {
  asked += 1;
  const from = { 'x-forwarded-for': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}` };
  const length = method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, path, headers: { ...from, ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export const JSON_TYPE = { 'content-type': 'application/json' };
export const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded', origin: PUBLIC_URL };

type StripeSigning = { secret?: string; agoSeconds?: number };

export function signedByStripe(
  body: string,
  { secret = WEBHOOK_SECRET, agoSeconds = 0 }: StripeSigning = {},
): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000) - agoSeconds;
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'stripe-signature': `t=${timestamp},v1=${signature}` };
}

export function signedByResend(body: string, secret = RESEND_SECRET): Record<string, string> {
  const [id, timestamp] = [`msg_${uuid()}`, String(Math.floor(Date.now() / 1000))];
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}
