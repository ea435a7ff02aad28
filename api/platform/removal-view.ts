import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { CancellationRequest } from '../../db/entities/cancellation-request.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { contentOver } from '../../db/platform/kept-content.ts';
import { accountsOf } from '../../db/platform/removal-requests.ts';
import { textsOf } from '../../db/purchase/cancellation-requests.ts';
import { DAY_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { removalSchema } from './removal-schema.ts';

/** Requests as operators see them; those that are no account's are left out. */
export async function toApiRemovals(
  em: Scoped,
  requests: readonly CancellationRequest[],
  now: Instant,
): Promise<z.input<typeof removalSchema>[]> {
  const accounts = await accountsOf(em, requests);
  const texts = await textsOf(em, requests);
  const commands = await em.find(InboxRow, { id: { $in: requests.map(({ id }) => id) } });
  const askers = new Map(commands.map(({ id, actor }) => [id, actor]));
  const emails = await actorEmails(
    em,
    [...askers.values()].filter((actor) => actor !== null),
  );
  const shown: z.input<typeof removalSchema>[] = [];
  for (const { id, state, purchaseId, refundWanted, askedAt, decidedAt } of requests) {
    const { accountId = null, accountName = null } = accounts.get(id) ?? {};
    if (accountId === null) continue;
    const by = askers.get(id) ?? null;
    const over = state === 'open' ? await contentOver(em, accountId, { purchaseId, entitlement: null }) : null;
    shown.push({
      id,
      account: { id: accountId, name: accountName ?? '' },
      purchaseId,
      state,
      refundWanted,
      reason: texts.get(id)?.reason ?? null,
      askedAt,
      askedBy: by && toApiActor(by, emails),
      ageDays: Math.floor((toMs(decidedAt ?? now) - toMs(askedAt)) / DAY_MS),
      decidedAt,
      content: over && { state: over.state, excess: over.excess },
    });
  }
  return shown;
}
