import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../db/account-scope.ts';
import { beginJob } from '../../db/jobs/bulk-jobs.ts';
import { Broadcast } from '../../db/entities/broadcast.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { T0 } from './rows.ts';

const WORDS = {
  subject: 'The spring kiln opens',
  preview: 'There is room for twelve.',
  heading: 'The kiln opens',
  body: ['The kiln opens on Monday.', '{{action}}'],
  button: 'Take a place',
};

/** A draft to everybody, unless it is said otherwise. */
export async function aBroadcast(
  em: EntityManager,
  accountId: string,
  given: Partial<Broadcast> = {},
): Promise<string> {
  const id = given.id ?? uuid();
  const row = {
    accountId,
    name: 'Spring kiln',
    segment: 'all',
    words: WORDS,
    jobId: null,
    createdAt: T0,
    actor: SYSTEM,
  };
  await em.insert(Broadcast, { ...row, buttonUrl: 'https://willow.example/kiln', ...given, id });
  return id;
}

/** A broadcast that is being sent, and its job. */
export async function aSentBroadcast(em: EntityManager, accountId: string, given: Partial<Broadcast> = {}) {
  const jobId = uuid();
  const of = { id: jobId, accountId, kind: 'send-broadcast', actor: SYSTEM } as const;
  await beginJob(scopeTo(em.fork(), accountId), { ...of, startsAt: T0, now: T0 });
  return { jobId, broadcastId: await aBroadcast(em, accountId, { ...given, jobId }) };
}

/** So many people of an account, `p0@…`, `p1@…` and so on, as the marketing status says. */
export async function people(
  em: EntityManager,
  accountId: string,
  count: number,
  { status = 'subscribed', reason = null as string | null, prefix = 'p' } = {},
): Promise<void> {
  await em.execute(
    `insert into contacts (id, account_id, email, name, marketing_status, unsubscribed_reason, created_at)
     select gen_random_uuid(), ?::uuid, ? || n || '@example.com', 'Person ' || n, ?, ?, ?::timestamptz from generate_series(0, ? - 1) n`,
    [accountId, `${prefix}-${accountId.slice(-6)}-`, status, reason, T0, count],
  );
}
