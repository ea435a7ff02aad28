import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifyResendWebhook } from '../../activities/gateways/resend.ts';
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
  await applyResendEvent(deps.orm.em.fork(), verdict.event, new Date().toISOString());
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');
}
