import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifyResendWebhook } from '../../activities/gateways/resend-events.ts';
import type { Orm } from '../../db/orm.ts';
import { checkModest, WEBHOOK_BOUNDS } from '../http/modest-json.ts';
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
  const body = await readBytes(request, MAX_BYTES);
  checkModest(body, WEBHOOK_BOUNDS);
  const verdict = verifyResendWebhook(body, request.headers, deps.secret);
  if (verdict.kind === 'refused') {
    throw new Problem(400, 'bad_signature', { detail: 'The signature does not fit, or is older than 5 minutes.' });
  }
  if (verdict.kind === 'unreadable')
    throw new Problem(400, 'malformed_body', { detail: 'This is no report of Resend.' });
  await applyResendEvent(deps.orm.em.fork(), verdict.event, new Date().toISOString());
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');
}
