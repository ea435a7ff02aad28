import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import { addressOf } from './email.ts';
import type { StoredEmail } from './email.ts';
import * as refusals from './refusals.ts';
import type { SendParts } from './sends.ts';
import { createSend, refuse } from './sends.ts';

/** The part of Resend's API that the `resend` SDK is used for here. */
export function resendApi(parts: SendParts): Router {
  const router = express.Router();
  const gate = [needKey, limitRate(parts), express.json({ limit: '40mb' })];
  const send = createSend(parts);
  router.post('/emails', gate, send);
  router.post('/emails/batch', gate, send);
  router.get('/emails/:id', needKey, limitRate(parts), (req: Request<{ id: string }>, res) => {
    const email = parts.store.find(req.params.id);
    if (!email) return refuse(res, refusals.NOT_FOUND);
    res.json(toResendEmail(email));
  });
  router.use('/suppressions', needKey, limitRate(parts), suppressionApi(parts));
  router.all(['/emails', '/emails/batch'], (_req, res) => refuse(res, refusals.METHOD_NOT_ALLOWED));
  return router;
}

function suppressionApi({ store }: SendParts): Router {
  const router = express.Router();
  router.get('/:idOrEmail', (req: Request<{ idOrEmail: string }>, res) => {
    const found = store.suppression(req.params.idOrEmail);
    if (!found) return refuse(res, refusals.NO_SUPPRESSION);
    res.json({ object: 'suppression', ...found });
  });
  router.delete('/:idOrEmail', (req: Request<{ idOrEmail: string }>, res) => {
    const found = store.suppression(req.params.idOrEmail);
    if (!found) return refuse(res, refusals.NO_SUPPRESSION);
    store.unsuppress(found.id);
    res.json({ object: 'suppression', id: found.id, deleted: true });
  });
  return router;
}

function needKey(req: Request, res: Response, next: NextFunction): void {
  const key = /^Bearer (.*)$/.exec(req.get('authorization') ?? '')?.[1];
  if (!key) return refuse(res, refusals.MISSING_API_KEY);
  if (!/^re_\w+$/.test(key)) return refuse(res, refusals.INVALID_API_KEY);
  next();
}

/**
 * Resend's rate limit, off until set: `requests` in any second, counted from the second's first.
 */
function limitRate({ store, now }: SendParts) {
  let windowStart = 0;
  let count = 0;
  return (_req: Request, res: Response, next: NextFunction): void => {
    const limit = store.setting<number>('rateLimitPerSecond');
    if (limit === null) return next();
    if (now() - windowStart >= 1000) {
      windowStart = now();
      count = 0;
    }
    count += 1;
    const remaining = Math.max(limit - count, 0);
    res.set({ 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining), 'ratelimit-reset': '1' });
    if (count <= limit) return next();
    refuse(res.set('retry-after', '1'), refusals.rateLimitExceeded(limit));
  };
}

function toResendEmail(email: StoredEmail) {
  return {
    object: 'email',
    id: email.id,
    message_id: `<${email.id}@mailbox.example>`,
    to: email.to.map(addressOf),
    from: email.from,
    created_at: email.createdAt,
    subject: email.subject,
    html: email.html,
    text: email.text,
    bcc: email.bcc,
    cc: email.cc,
    reply_to: email.replyTo,
    scheduled_at: null,
    tags: email.tags,
    last_event: (email.events.at(-1) ?? 'email.queued').replace('email.', ''),
  };
}
