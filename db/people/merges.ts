import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { ChangeContactInput } from '../../workflows/verbs/change-contact.ts';
import type { Scoped } from '../account-scope.ts';
import { Contact } from '../entities/contact.ts';
import { Job } from '../entities/job.ts';
import { Merge } from '../entities/merge.ts';
import { intoInboxes, type JobCommand } from '../jobs/into-inboxes.ts';
import { query, run, sql, type Sql } from '../sql.ts';
import { dropPassword } from './drop-password.ts';

/** Two contacts, whose rows are locked. */
export type Pair = { goes: Contact; stays: Contact };

/** Both, locked in one order whichever is which; null = one of them is not there. */
export async function lockPair(tx: Scoped, goesId: string, staysId: string): Promise<Pair | null> {
  const found = await tx.find(
    Contact,
    { id: { $in: [goesId, staysId] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  const [goes, stays] = [found.find(({ id }) => id === goesId), found.find(({ id }) => id === staysId)];
  return goes && stays ? { goes, stays } : null;
}

type Asked = Pair & { actor: Actor; reason: string | null; now: Instant };
export type Moving = { job: Job; commands: JobCommand[] };

/**
 * Begins to merge a contact into another, in the transaction of `tx`: from then on its address and
 * its id lead to the one that stays, and its purchases are told to move; a worker goes on. Whom it
 * could not be merged into before may be asked for anew.
 */
export async function beginMerge(tx: Scoped, { goes, stays, actor, reason, now }: Asked): Promise<Moving> {
  const { id: contactId, accountId } = goes;
  const job = { id: uuid(), accountId, kind: 'merge-contacts' as const, input: null, actor, reason, createdAt: now };
  await tx.insert(Job, job);
  await run(
    tx,
    sql`insert into merges (contact_id, into_contact_id, account_id, job_id, state, created_at)
      values (${contactId}, ${stays.id}, ${accountId}, ${job.id}, 'moving', ${now})
      on conflict (contact_id) do update set into_contact_id = excluded.into_contact_id, job_id = excluded.job_id,
        state = 'moving', created_at = excluded.created_at, asked_at = now(), ended_at = null`,
  );
  goes.mergedInto = stays.id;
  // It opens nothing of who is merged into them.
  if (stays.addressProvenAt === null && stays.passwordHash !== null) await dropPassword(tx, stays, now);
  await tx.flush();
  await run(tx, sql`delete from sessions where contact_id = ${contactId}`);
  await run(tx, sql`delete from login_tokens where contact_id = ${contactId}`);
  return { job, commands: await moveRest(tx, { contactId, intoContactId: stays.id, jobId: job.id }) };
}

export const mergeOf = (em: Scoped, contactId: string): Promise<Merge | null> =>
  em.findOne(Merge, { contactId }, { disableIdentityMap: true });

/** Those that were merged into a contact, or are being so, the latest first. */
export const mergedInto = (em: Scoped, intoContactId: string): Promise<Merge[]> =>
  em.find(Merge, { intoContactId }, { disableIdentityMap: true, orderBy: { createdAt: 'desc', contactId: 'asc' } });

/** Who has become part of a contact. */
export const formerOf = (em: Scoped, contactId: string): Promise<Contact[]> =>
  em.find(Contact, { mergedInto: contactId, erasedAt: { $ne: null } }, { orderBy: { id: 'asc' } });

/** One that is going on, and none of its commands is open. `isRefused`: something did not move. */
export type Merging = Pick<Merge, 'contactId' | 'intoContactId' | 'accountId' | 'jobId'> & {
  state: 'moving' | 'returning';
  isRefused: boolean;
};

export const mergesGoingOn = (em: EntityManager): Promise<Merging[]> =>
  query(
    em,
    sql`select m.contact_id as "contactId", m.into_contact_id as "intoContactId", m.account_id as "accountId",
        m.job_id as "jobId", m.state, exists (
          select from inbox i join purchases p on p.id = i.subject_id
          where i.job_id = m.job_id and p.contact_id = m.contact_id) as "isRefused"
      from merges m where m.state in ('moving', 'returning')
        and not exists (select from inbox i where i.job_id = m.job_id and i.state = 'open')
      order by m.asked_at limit 20`,
  );

type Ids = Pick<Merge, 'contactId' | 'intoContactId' | 'jobId'>;

/**
 * Tells the purchases that have not been told yet, and the checkouts that nobody can pay any more,
 * to go to the one that stays. Nobody else tells them meanwhile.
 */
export async function moveRest(tx: EntityManager, { contactId, intoContactId, jobId }: Ids): Promise<JobCommand[]> {
  const moving = sql`select 1 from merges where contact_id = ${contactId} and job_id = ${jobId} and state = 'moving' for update`;
  if ((await query(tx, moving)).length === 0) return [];
  const rest = sql`
    select p.id from purchases p where p.contact_id = ${contactId}
      and not exists (select from inbox i where i.subject_id = p.id and i.job_id = ${jobId})
      and not exists (select from checkouts c where c.purchase_id = p.id and c.state = 'open' and c.stripe_session_id is not null)
    order by p.id`;
  return tell(tx, jobId, rest, intoContactId);
}

/** Has what has moved go back, since something else cannot move. */
export const giveBack = (em: EntityManager, { contactId, intoContactId, jobId }: Ids): Promise<JobCommand[]> =>
  em.transactional(async (tx) => {
    const begun = await run(
      tx,
      sql`update merges set state = 'returning' where contact_id = ${contactId} and job_id = ${jobId} and state = 'moving'`,
    );
    if (begun === 0) return [];
    const moved = sql`
      select p.id from inbox i join purchases p on p.id = i.subject_id
      where i.job_id = ${jobId} and i.state = 'applied' and p.contact_id = ${intoContactId} order by p.id`;
    return tell(tx, jobId, moved, contactId);
  });

/**
 * Who was to go has its address for itself again. Sessions and links that have ended, and a dropped
 * password, stay so.
 */
export const endRefused = (em: EntityManager, { contactId, jobId }: Ids): Promise<void> =>
  em.transactional(async (tx) => {
    await run(
      tx,
      sql`update merges set state = 'refused', ended_at = now()
        where contact_id = ${contactId} and job_id = ${jobId} and state = 'returning'`,
    );
    await run(
      tx,
      sql`update contacts c set merged_into = null from merges m
        where c.id = ${contactId} and m.contact_id = c.id and m.job_id = ${jobId} and m.state = 'refused'`,
    );
  });

async function tell(tx: EntityManager, jobId: string, whom: Sql, contactId: string): Promise<JobCommand[]> {
  const purchases = await query<{ id: string }>(tx, whom);
  const input: ChangeContactInput = { contactId };
  const commands = purchases.map(({ id }) => {
    return { commandId: uuid(), purchaseId: id, name: 'change-contact' as const, input };
  });
  await intoInboxes(tx, await tx.findOneOrFail(Job, { id: jobId }), commands);
  return commands;
}
