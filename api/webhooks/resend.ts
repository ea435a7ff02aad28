import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyResendWebhook, type ResendEvent } from '../../activities/gateways/resend.ts';
import type { Orm } from '../../db/orm.ts';
import { Problem } from '../http/problem.ts';
import { applyResendEvent } from './email-events.ts';
import { readBytes } from './raw-body.ts';

export type ResendWebhookDeps = { orm: Orm; secret: string | undefined };

const MAX_BYTES = 256 * 1024;

/** What Resend reports of an email that it has taken [R13.5]. */
export async function receiveResend(
  request: IncomingMessage,
  response: ServerResponse,
  deps: ResendWebhookDeps,
): Promise<void> {
  if (deps.secret === undefined) throw new Problem(404, 'not_found', { detail: 'No webhook of Resend is configured.' });
  const verdict = verifyResendWebhook(await readBytes(request, MAX_BYTES), request.headers, deps.secret);
  if (verdict.kind === 'refused') {
    throw new Problem(400, 'bad_signature', { detail: 'The signature does not fit, or is older than 5 minutes.' });
  }
  await applyPatiently(deps.orm, verdict.event);
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');
}

/** A report may be here before we have noted that the email was taken; after that time it is of an email that is not ours. */
const WAITS_MS = [0, 50, 250, 1_000];

async function applyPatiently(orm: Orm, event: ResendEvent): Promise<void> {
  for (const waitMs of WAITS_MS) {
    await pause(waitMs);
    if ((await applyResendEvent(orm.em.fork(), event)) !== 'unmatched') return;
  }
}
