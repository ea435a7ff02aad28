import { createHmac, randomBytes } from 'node:crypto';
import type { EventType, StoredEmail } from './email.ts';
import type { MailboxStore } from './store.ts';

/** Svix's waits between attempts, which are Resend's: https://resend.com/docs/webhooks/retries-and-replays */
const WAITS_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000];
const TIMEOUT_MS = 15_000;

export type Endpoint = { url: string; secret: string; events: EventType[] };

const BOUNCE = {
  message: "The recipient's email address does not exist.",
  type: 'Permanent',
  subType: 'General',
};
const SOFT_BOUNCE = { message: "The recipient's inbox was full.", type: 'Transient', subType: 'MailboxFull' };

/** Body of one event as Resend sends it. */
export function eventBody(email: StoredEmail, type: EventType, at: string, soft: boolean): string {
  const data = {
    created_at: email.createdAt,
    email_id: email.id,
    message_id: `<${email.id}@mailbox.example>`,
    from: email.from,
    to: email.to,
    subject: email.subject,
    tags: Object.fromEntries(email.tags.map(({ name, value }) => [name, value])),
    ...(type === 'email.bounced' && { bounce: soft ? SOFT_BOUNCE : BOUNCE }),
    ...(type === 'email.suppressed' && {
      suppressed: { message: 'The address is suppressed.', type: 'OnAccountSuppressionList' },
    }),
  };
  return JSON.stringify({ type, created_at: at, data });
}

export const newMessageId = (): string => `msg_${randomBytes(16).toString('hex')}`;
export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** The headers of Svix's scheme: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function signedHeaders(id: string, atMs: number, body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}

/** Delivers what is due, one at a time and in order, and again what failed, until closed. */
export function startDeliveries(store: MailboxStore, now: () => number) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let closed = false;

  async function drain(): Promise<void> {
    for (let due = store.dueDelivery(); due && !closed; due = store.dueDelivery()) {
      const endpoint = store.setting<Endpoint>('webhook');
      const wait = WAITS_MS[due.attempts];
      if (!endpoint) store.endDelivery(due.id, 'failed');
      else if (await isTaken(endpoint, due.id, due.body, now())) store.endDelivery(due.id, 'done');
      else if (wait === undefined) store.endDelivery(due.id, 'failed');
      else store.postponeDelivery(due.id, now() + wait);
    }
    const next = closed ? null : store.nextDueAt();
    if (next !== null) timer = setTimeout(wake, Math.min(Math.max(next - now(), 50), 60_000));
  }

  /** Tries all that is due now; resolves when each has been tried. */
  function wake(): Promise<void> {
    clearTimeout(timer);
    running = (running ?? Promise.resolve()).then(drain);
    return running;
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  }

  void wake();
  return { wake, close };
}

async function isTaken(endpoint: Endpoint, id: string, body: string, atMs: number): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', ...signedHeaders(id, atMs, body, endpoint.secret) };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(endpoint.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
