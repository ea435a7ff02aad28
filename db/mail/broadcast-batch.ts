import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { RenderedEmail } from '../../emails/catalogue.ts';
import type { EmailWords } from '../../emails/own-words.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { JobState } from '../../workflows/domain/job.ts';
import type { SiteLook } from '../../workflows/domain/settings.ts';
import { toInstantOrNull } from '../instants.ts';
import { json, query, run, sql } from '../sql.ts';
import type { SiteColumns } from './email-site.ts';
import { WHY_NOT } from './broadcast-recipients.ts';

/** Resend takes so many in one request. */
const AT_ONCE = sql.lit(100);

/** What all emails of a broadcast are written from. */
export type BroadcastMaterial = { account: SiteColumns; words: EmailWords; buttonUrl: string | null };
/** `language`: the contact's; null = the account's. */
export type ToWrite = { emailId: string; contactId: string; contactName: string | null; language: string | null };
type Writer = (material: BroadcastMaterial, one: ToWrite) => Promise<RenderedEmail>;

/** One of a batch, as it goes to the provider. */
export type InBatch = RenderedEmail & { emailId: string; contactId: string; to: string; replyTo: string };

/**
 * Emails that go in one request under one key. `triedBefore`: since when the provider may have
 * taken the batch, as it was then; null = certainly not. `tries`: how often it was begun.
 */
export type Batch = { id: string; triedBefore: Instant | null; tries: number; emails: InBatch[] };

/**
 * The batch of which it is not known whether the provider has it, or else the next one, whose bytes
 * are kept from here on. Consent is read again by the statement that says that it is sent; who has
 * it no more ends as suppressed, unless the provider may have theirs [R3.4]. Null where the job
 * does not go on. An empty batch: nobody of it is left.
 */
export function beginBatch(em: EntityManager, jobId: string, realNow: Instant, write: Writer): Promise<Batch | null> {
  return em.transactional(async (tx) => {
    const [job] = await query<{ state: JobState }>(
      tx,
      sql`select state from bulk_jobs where job_id = ${jobId} for no key update`,
    );
    const known = await batchUnderWay(tx, jobId);
    const mayBegin = job?.state === 'running';
    const mayFinish = job?.state === 'canceled' && known !== null && known.triedBefore !== null;
    if (!mayBegin && !mayFinish) return null;
    const { id, triedBefore } = known ?? { id: await composeBatch(tx, jobId, write), triedBefore: null };
    const begun = await beginTry(tx, id, realNow);
    if (triedBefore === null) await suppressLeft(tx, id);
    const tries = Math.max(0, ...begun.map(({ attempts }) => attempts));
    return { id, triedBefore, tries, emails: begun.map(({ attempts: _tries, ...one }) => one) };
  });
}

async function batchUnderWay(tx: EntityManager, jobId: string): Promise<Pick<Batch, 'id' | 'triedBefore'> | null> {
  const [found] = await query<{ id: string; triedBefore: string | null }>(
    tx,
    sql`select batch_id as id, max(first_tried_at) as "triedBefore" from emails
      where job_id = ${jobId} and batch_id is not null and state = 'queued' group by batch_id order by 1 limit 1`,
  );
  return found ? { id: found.id, triedBefore: toInstantOrNull(found.triedBefore) } : null;
}

/** Writes the next emails, and keeps their bytes. */
async function composeBatch(tx: EntityManager, jobId: string, write: Writer): Promise<string> {
  const batchId = uuid();
  const material = await materialOf(tx, jobId);
  const next = await query<ToWrite>(
    tx,
    sql`select e.id as "emailId", c.id as "contactId", c.name as "contactName", c.language from emails e join contacts c on c.id = e.recipient_id
      where e.job_id = ${jobId} and e.state = 'queued' order by e.id limit ${AT_ONCE}`,
  );
  const written = [];
  for (const one of next) written.push({ id: one.emailId, ...(await write(material, one)) });
  await run(
    tx,
    sql`update emails e set batch_id = ${batchId}, subject = w.subject, html = w.html, text = w.text
      from jsonb_to_recordset(${json(written)}) as w (id uuid, subject text, html text, text text) where e.id = w.id`,
  );
  return batchId;
}

async function materialOf(em: EntityManager, jobId: string): Promise<BroadcastMaterial> {
  type Row = {
    name: string;
    supportEmail: string;
    timeZone: string;
    site: Partial<SiteLook>;
    words: EmailWords;
    buttonUrl: string | null;
  };
  const [row] = await query<Row>(
    em,
    sql`select a.name, a.support_email as "supportEmail", a.time_zone as "timeZone", a.site, b.words, b.button_url as "buttonUrl"
      from broadcasts b join accounts a on a.id = b.account_id where b.job_id = ${jobId}`,
  );
  if (!row) throw new Error(`job ${jobId} sends no broadcast`);
  const { words, buttonUrl, ...account } = row;
  return { account, words, buttonUrl };
}

const beginTry = (tx: EntityManager, batchId: string, realNow: Instant): Promise<(InBatch & { attempts: number })[]> =>
  query(
    tx,
    sql`with begun as (
        update emails e set attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ${realNow}::timestamptz)
        from contacts r, accounts a
        where e.batch_id = ${batchId} and e.state = 'queued' and r.id = e.recipient_id and a.id = e.account_id and ${WHY_NOT} is null
        returning e.id as "emailId", r.id as "contactId", r.email as "to", a.support_email as "replyTo", e.subject, e.html, e.text, e.attempts)
      select * from begun order by "emailId"`,
  );

/** Those of a batch who are not to get it any more. */
const suppressLeft = (tx: EntityManager, batchId: string): Promise<unknown> =>
  run(
    tx,
    sql`update emails e set state = 'suppressed', reason = ${WHY_NOT}, subject = null, html = null, text = null from contacts r
      where e.batch_id = ${batchId} and e.state = 'queued' and r.id = e.recipient_id and ${WHY_NOT} is not null`,
  );

/** What the provider answered to one of a batch: its id, or why it was refused. */
export type Answered = { emailId: string; providerId: string | null; reason: string | null };

/** The provider has taken the batch: so it has none of those who were left out of it. */
export async function endBatch(
  em: EntityManager,
  batchId: string,
  answered: readonly Answered[],
  realNow: Instant,
): Promise<void> {
  await em.transactional(async (tx) => {
    await run(
      tx,
      sql`update emails e set state = case when o."providerId" is null then 'failed' else 'sent' end, reason = o.reason, provider_id = o."providerId",
         sent_at = case when o."providerId" is not null then coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz) end
       from jsonb_to_recordset(${json(answered)}) as o ("emailId" uuid, "providerId" text, reason text), accounts a
       where e.id = o."emailId" and e.batch_id = ${batchId} and a.id = e.account_id and e.state in ('queued', 'unknown')`,
    );
    await suppressLeft(tx, batchId);
  });
}

/** Nobody knows, or will know, whether the provider has it, or it refuses the whole batch. */
export const giveUpBatch = (
  em: EntityManager,
  batchId: string,
  ending: { state: 'unknown' | 'failed'; reason: string },
): Promise<unknown> =>
  run(
    em,
    sql`update emails set state = ${ending.state}, reason = ${ending.reason} where batch_id = ${batchId} and state = 'queued'`,
  );

/** The provider has certainly not taken this try of the batch; others begun since count more. */
export const noteNotTaken = (em: EntityManager, { id, tries, triedBefore }: Batch): Promise<unknown> =>
  run(
    em,
    sql`update emails set first_tried_at = ${triedBefore} where batch_id = ${id} and state = 'queued' and attempts = ${tries}`,
  );
