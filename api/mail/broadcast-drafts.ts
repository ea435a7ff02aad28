import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Broadcast } from '../../db/entities/broadcast.ts';
import { audienceOf } from '../../db/mail/broadcast-recipients.ts';
import { lockedBroadcast } from '../../db/mail/broadcasts.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { invalid, notFound, wrongState } from '../http/problem.ts';
import type { audienceSchema } from './broadcast-schema.ts';

/** Who would get it now. @throws Problem 422 */
export async function audience(em: Scoped, segment: string, now: Instant): Promise<z.input<typeof audienceSchema>> {
  const found = await audienceOf(em, segment, now);
  if (!found) throw invalid('segment', 'must be a segment that there is');
  return { status: 'preview', ...found };
}

/** A draft, which nobody else changes or sends meanwhile. @throws Problem 404, 409 */
export async function lockedDraft(em: Scoped, broadcastId: string): Promise<Broadcast> {
  const broadcast = await lockedBroadcast(em, broadcastId);
  if (!broadcast) throw notFound('broadcast');
  if (broadcast.jobId !== null) throw wrongState('This broadcast is being sent, or has been: it stays as it is.');
  return broadcast;
}
