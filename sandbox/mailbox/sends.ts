import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { EventType, StoredEmail, Submission } from './email.ts';
import { addressOf, fateOf } from './email.ts';
import type { Fault, Faults } from './faults.ts';
import * as refusals from './refusals.ts';
import type { Refusal } from './refusals.ts';
import type { MailboxStore } from './store.ts';
import { readSubmission } from './submission.ts';
import { eventBody, newMessageId, type Endpoint } from './webhooks.ts';

export type SendParts = { store: MailboxStore; faults: Faults; now: () => number; wake: () => Promise<void> };

/** Answers an error in Resend's shape. */
export function refuse(res: Response, refusal: Refusal): void {
  res.status(refusal.statusCode).json(refusal);
}

/** Records what happened to an email later on. */
export function recordEvent(parts: SendParts, email: StoredEmail, type: EventType, soft = false): void {
  parts.store.addEvent(email.id, type);
  const origin = soft ? undefined : ORIGINS[type];
  if (origin) for (const to of email.to) parts.store.suppress(addressOf(to), origin, email.id);
  tell(parts, email, type, soft);
}

/** What puts an address on the suppression list. */
const ORIGINS: { [type in EventType]?: 'bounce' | 'complaint' } = {
  'email.bounced': 'bounce',
  'email.complained': 'complaint',
};

/** Puts the webhook of an event, if one is set, in the queue. */
function tell(parts: SendParts, email: StoredEmail, type: EventType, soft = false): void {
  if (!parts.store.setting<Endpoint>('webhook')?.events.includes(type)) return;
  const at = new Date(parts.now()).toISOString();
  parts.store.addDelivery(newMessageId(), eventBody(email, type, at, soft));
}

/**
 * `POST /emails` and `POST /emails/batch`.
 * In Resend's order: a key in use, then what was answered to it, then the fields, then the send.
 */
export function createSend(parts: SendParts) {
  const inProgress = new Set<string>();

  return function send(req: Request, res: Response): void {
    const key = req.get('idempotency-key') ?? null;
    if (key !== null && (key === '' || key.length > 256)) return refuse(res, refusals.INVALID_IDEMPOTENCY_KEY);
    if (key !== null && inProgress.has(key)) return refuse(res, refusals.CONCURRENT_IDEMPOTENT_REQUESTS);
    if (key !== null) {
      inProgress.add(key);
      res.on('close', () => inProgress.delete(key));
    }

    const fault = parts.faults.take(recipientsOf(req.body));
    if (fault && failBefore(fault, res)) return;
    const answer = answerTo(parts, req, key);
    if (fault && failAfter(fault, res)) return;
    res.status(answer.status).type('json').send(answer.body);
  };
}

function recipientsOf(body: unknown): string[] {
  const bodies = (Array.isArray(body) ? body : [body]) as { to?: string | string[] }[];
  return bodies.flatMap((one) => one?.to ?? []).map((to) => addressOf(String(to)));
}

/** https://resend.com/docs/api-reference/emails/send-batch-emails */
const MOST_AT_ONCE = 100;

type Answer = { status: number; body: string };

function answerTo(parts: SendParts, req: Request, key: string | null): Answer {
  const payload = createHash('sha256')
    .update(`${req.path}\n${JSON.stringify(req.body)}`)
    .digest('hex');
  const before = key === null ? null : parts.store.remembered(key);
  if (before && before.payload !== payload) return refused(refusals.INVALID_IDEMPOTENT_REQUEST);
  if (before) return { status: 200, body: before.answer };

  const isBatch = Array.isArray(req.body);
  const bodies = (isBatch ? req.body : [req.body]) as unknown[];
  if (bodies.length > MOST_AT_ONCE) return refused(refusals.invalid(`A batch has at most ${MOST_AT_ONCE} emails.`));
  const isPermissive = isBatch && req.get('x-batch-validation') === 'permissive';
  const submissions: Submission[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, body] of bodies.entries()) {
    const read = readSubmission(body);
    if ('submission' in read) submissions.push(read.submission);
    else if (isPermissive) errors.push({ index, message: read.refusal.message });
    else return refused(read.refusal);
  }
  const answer = parts.store.atomically(() => {
    const ids = submissions.map((submission) => ({ id: deliver(parts, submission, key).id }));
    const text = JSON.stringify(isBatch ? { data: ids, ...(isPermissive && { errors }) } : ids[0]);
    if (key !== null) parts.store.remember(key, { payload, answer: text });
    return text;
  });
  void parts.wake();
  return { status: 200, body: answer };
}

function refused(refusal: Refusal): Answer {
  return { status: refusal.statusCode, body: JSON.stringify(refusal) };
}

function deliver(parts: SendParts, submission: Submission, key: string | null): StoredEmail {
  const isSuppressed = submission.to.some((to) => parts.store.suppression(addressOf(to)) !== null);
  const fate: EventType[] = isSuppressed ? ['email.sent', 'email.suppressed'] : fateOf(submission.to);
  const email = parts.store.addEmail(submission, key, fate);
  for (const type of email.events) tell(parts, email, type);
  return email;
}

function failBefore(fault: Fault, res: Response): boolean {
  if (fault.kind === 'reset') res.socket?.resetAndDestroy();
  else if (fault.kind === '500') refuse(res, refusals.INTERNAL_SERVER_ERROR);
  else if (fault.kind === '429') {
    refuse(res.set('retry-after', String(fault.retryAfterSeconds ?? 1)), refusals.rateLimitExceeded(2));
  } else return fault.kind === 'hang';
  return true;
}

function failAfter(fault: Fault, res: Response): boolean {
  if (fault.kind === 'reset_after') res.socket?.resetAndDestroy();
  return fault.kind === 'reset_after' || fault.kind === 'hang_after';
}
