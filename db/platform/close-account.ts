import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { CancelInput } from '../../workflows/verbs/cancel.ts';
import { scopeTo, type Unscoped } from '../account-scope.ts';
import type { Account } from '../entities/account.ts';
import { Call } from '../entities/call.ts';
import { Job } from '../entities/job.ts';
import { Purchase } from '../entities/purchase.ts';
import { Seat } from '../entities/seat.ts';
import { commandsFor } from '../jobs/cancel-bookings.ts';
import { intoInboxes, type JobCommand } from '../jobs/into-inboxes.ts';
import { nowOf } from '../clock/account-clock.ts';
import { platformAccount } from './platform-account.ts';
import { endSessionsOfAdmins, keepAction, type Acting } from './operator-actions.ts';

/** What would end with an account; `own`: what it bought from the platform. */
export type Running = { live: Purchase[]; own: Purchase[]; calls: Call[]; seats: Seat[] };

const FRESH = { disableIdentityMap: true } as const;

/** What is billed on of an account's contacts, and what is booked otherwise and still ahead. */
export async function runningOf(unscoped: Unscoped, { id }: Account, now: Instant): Promise<Running> {
  const own = await unscoped.find(Purchase, { forAccountId: id, isLive: true, startedAt: { $ne: null } }, FRESH);
  const em = scopeTo(unscoped.fork({ keepTransactionContext: true }), id);
  const live = await em.find(
    Purchase,
    { isLive: true, startedAt: { $ne: null } },
    { ...FRESH, orderBy: { id: 'asc' } },
  );
  const ending = new Set(live.map(({ id }) => id));
  const where = { state: 'booked' as const, endsAt: { $gt: now } };
  const [calls, seats] = [await em.find(Call, where, FRESH), await em.find(Seat, where, FRESH)];
  const stays = ({ purchaseId }: { purchaseId: string }): boolean => !ending.has(purchaseId);
  return { live, own, calls: calls.filter(stays), seats: seats.filter(stays) };
}

/**
 * Closes an account [R27.9]: its admins are out, it sells nothing, and the cancellations of all
 * that runs are in the inboxes, in the one transaction of `tx`. A canceled purchase takes its calls
 * along.
 */
export async function closeAccount(
  tx: Unscoped,
  account: Account,
  { acting, running, now }: { acting: Acting; running: Running; now: Instant },
): Promise<JobCommand[]> {
  const { id: accountId } = account;
  const { actor, reason, createdAt } = acting;
  account.closedAt = createdAt;
  await tx.flush();
  await endSessionsOfAdmins(tx, accountId);
  const job = { id: uuid(), accountId, kind: 'close-account' as const, input: null, actor, reason, createdAt: now };
  await tx.insert(Job, job);
  const commands = [...running.live.map(({ id }) => ending(id)), ...commandsFor(running)];
  await intoInboxes(tx, job, commands);
  const atPlatform = running.own.map(({ id }) => ending(id));
  const platform = await platformAccount(tx);
  if (platform) await intoInboxes(tx, job, atPlatform, { accountId: platform.id, now: nowOf(platform) });
  await keepAction(tx, { ...acting, kind: 'close', jobId: job.id });
  return [...commands, ...atPlatform];
}

/** Cancels a purchase at once, as what needs it. */
export const ending = (purchaseId: string): JobCommand<CancelInput> => {
  const input = { when: 'now', cancelAt: null, endsDependents: true } as const;
  return { commandId: uuid(), purchaseId, name: 'cancel', input };
};
