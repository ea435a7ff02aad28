import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Scoped } from '../account-scope.ts';
import { Call } from '../entities/call.ts';
import { Erasure } from '../entities/erasure.ts';
import { Job } from '../entities/job.ts';
import { Purchase } from '../entities/purchase.ts';
import { Seat } from '../entities/seat.ts';
import { commandsFor } from '../jobs/cancel-bookings.ts';
import { intoInboxes, type JobCommand } from '../jobs/into-inboxes.ts';
import { ending } from '../platform/close-account.ts';
import { query, run, sql } from '../sql.ts';

/** What of a person's is billed on, and what is booked otherwise and still ahead. */
export type RunningOfContact = { live: Purchase[]; calls: Call[]; seats: Seat[] };

const FRESH = { disableIdentityMap: true, orderBy: { id: 'asc' } } as const;

export async function runningOfContact(em: Scoped, contactId: string, now: Instant): Promise<RunningOfContact> {
  const live = await em.find(Purchase, { contactId, isLive: true, startedAt: { $ne: null } }, FRESH);
  const ids = new Set(live.map(({ id }) => id));
  const where = { contactId, state: 'booked' as const, endsAt: { $gt: now } };
  const stays = ({ purchaseId }: { purchaseId: string }): boolean => !ids.has(purchaseId);
  const calls = (await em.find(Call, where, FRESH)).filter(stays);
  return { live, calls, seats: (await em.find(Seat, where, FRESH)).filter(stays) };
}

type Asked = { accountId: string; contactId: string; actor: Actor; reason: string | null; now: Instant };

/**
 * Begins to erase a person, in the transaction of `tx`: the cancellations of all that runs are in
 * the inboxes, and a worker goes on once they have ended. Who was erased in vain before, since they
 * came back, is asked for anew.
 */
export async function beginErasure(
  tx: Scoped,
  { accountId, contactId, actor, reason, now }: Asked,
  running: RunningOfContact,
): Promise<{ job: Job; commands: JobCommand[] }> {
  const job = { id: uuid(), accountId, kind: 'erase-contact' as const, input: null, actor, reason, createdAt: now };
  await tx.insert(Job, job);
  const commands = [...running.live.map(({ id }) => ending(id)), ...commandsFor(running)];
  await intoInboxes(tx, job, commands);
  await run(
    tx,
    sql`insert into erasures (contact_id, account_id, job_id, state, created_at)
      values (${contactId}, ${accountId}, ${job.id}, 'canceling', ${now})
      on conflict (contact_id) do update set job_id = excluded.job_id, state = 'canceling', created_at = excluded.created_at,
        asked_at = now(), ended_at = null`,
  );
  await run(tx, sql`delete from sessions where contact_id = ${contactId}`);
  await run(tx, sql`delete from login_tokens where contact_id = ${contactId}`);
  return { job, commands };
}

export const erasureOf = (em: Scoped, contactId: string): Promise<Erasure | null> =>
  em.findOne(Erasure, { contactId }, { disableIdentityMap: true });

/** Emails about the cancellations are waited for, but no longer than this. */
const MAIL_WAIT = sql`interval '10 minutes'`;

/**
 * The people of whom everything has ended: no command of theirs is open, nor an email of it on its
 * way. `hasCome`: something of theirs is billed on all the same, or has begun since.
 */
export type Erasable = { contactId: string; accountId: string; hasCome: boolean };

export const erasable = (em: EntityManager): Promise<Erasable[]> =>
  query(
    em,
    sql`select e.contact_id as "contactId", e.account_id as "accountId",
        exists (select from purchases p where p.contact_id = e.contact_id
          and (p.is_live and p.started_at is not null or p.started_at > e.created_at)) as "hasCome"
      from erasures e where e.state = 'canceling'
        and not exists (select from inbox i where i.job_id = e.job_id and i.state = 'open')
        and not exists (select from inbox i join purchases p on p.id = i.subject_id and p.contact_id = e.contact_id where i.state = 'open')
        and (e.asked_at < now() - ${MAIL_WAIT} or not exists (
          select from emails m where m.recipient_kind = 'contact' and m.recipient_id = e.contact_id and m.state = 'queued' and m.job_id is null))
      order by e.asked_at limit 20`,
  );

/** They have bought again meanwhile, or something could not be canceled: they stay. */
export const endInVain = (em: EntityManager, contactId: string): Promise<unknown> =>
  run(em, sql`update erasures set state = 'came_back', ended_at = now() where contact_id = ${contactId}`);
