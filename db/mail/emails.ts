import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { EmailKind, RenderedEmail } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EmailState } from '../entities/email.ts';
import { prepared } from '../prepared.ts';

/**
 * What decides whether and how one email is sent; `rendered` = the bytes that are sent at every
 * try.
 */
export type EmailRow = {
  emailId: string;
  kind: EmailKind;
  state: EmailState;
  /** Tries that have ended. */
  attempts: number;
  /** By real time: since when the provider may have taken it; null = certainly not. */
  firstTriedAt: Instant | null;
  rendered: RenderedEmail | null;
};

/**
 * Stores the bytes, unless they are stored already, and notes that the provider may have taken them
 * from now on. False if somebody else has written or ended the email since it was read.
 */
export async function beginTry(
  em: EntityManager,
  { emailId, rendered: kept }: EmailRow,
  rendered: RenderedEmail,
  realNow: Instant,
): Promise<boolean> {
  const begun = await prepared(
    em,
    `update emails set subject = $2, html = $3, text = $4, first_tried_at = coalesce(first_tried_at, $5::timestamptz)
     where id = $1 and state = 'queued' and (html is not null) = $6::boolean returning 1`,
    [emailId, rendered.subject, rendered.html, rendered.text, realNow, kept !== null],
  );
  return begun.length > 0;
}

/**
 * Counts a try after which the email still waits; `mayBeTakenSince` = null where the provider has
 * certainly not taken it.
 */
export async function endTry(em: EntityManager, emailId: string, mayBeTakenSince: Instant | null): Promise<void> {
  await em.execute(`update emails set attempts = attempts + 1, first_tried_at = ? where id = ? and state = 'queued'`, [
    mayBeTakenSince,
    emailId,
  ]);
}

/** How an email ends; `reason` is for people and stays in Postgres. */
export type Ending =
  | { state: 'sent'; providerId: string; reason?: undefined }
  | { state: 'failed' | 'unknown' | 'suppressed'; reason: string; providerId?: undefined };

/**
 * Ends a queued email. One that has ended stays as it is, except an unknown one that proves to have
 * been sent. `sent_at` is the account's instant: its clock's, or else `realNow`. One-time links are
 * removed from the kept bytes: they were for the recipient alone, and a re-sent email has its own.
 */
export async function endEmail(
  em: EntityManager,
  emailId: string,
  ending: Ending,
  { realNow, tries }: { realNow: Instant; tries: 0 | 1 },
): Promise<void> {
  await prepared(
    em,
    `update emails e set state = $2::text, reason = $3, provider_id = $4, attempts = attempts + $5::int, ${WITHOUT_TOKENS},
       sent_at = case when $2::text = 'sent' then coalesce(a.clock_step, a.clock_at, $6::timestamptz) end
     from accounts a where a.id = e.account_id and e.id = $1
       and (e.state = 'queued' or (e.state = 'unknown' and $2::text = 'sent'))`,
    [emailId, ending.state, ending.reason ?? null, ending.providerId ?? null, tries, realNow],
  );
}

const WITHOUT_TOKENS = `
  html = regexp_replace(html, 'token=[A-Za-z0-9_-]+', 'token=removed', 'g'),
  text = regexp_replace(text, 'token=[A-Za-z0-9_-]+', 'token=removed', 'g')`;

/**
 * Ends an email that was tried for as long as we try: whether it may have been taken decides how.
 */
export async function giveUpEmail(em: EntityManager, emailId: string, reason: string): Promise<void> {
  await em.execute(
    `update emails set state = case when first_tried_at is null then 'failed' else 'unknown' end, reason = ?, ${WITHOUT_TOKENS}
     where id = ? and state = 'queued'`,
    [reason, emailId],
  );
}

export type WelcomeEmail = { emailId: string; kind: string };

/**
 * The welcome emails of a purchase that wait to be sent, in the order in which they go out [R13.2].
 */
export const queuedWelcomeEmails = (em: EntityManager, purchaseId: string): Promise<WelcomeEmail[]> =>
  prepared(
    em,
    `select id as "emailId", kind from emails where purchase_id = $1 and is_welcome and state = 'queued'
     order by due_at, position, id`,
    [purchaseId],
  );

/** What became of a wish to send again: a new row that waits, or the state that forbids it. */
export type Requeued = { kind: 'queued'; emailId: string } | { kind: 'refused'; state: EmailState };

/**
 * Sends an email again by hand: a new row with its own id, rendered anew, carried by its own `mail`
 * workflow [R13.5]. One that still waits, or whose recipient is gone, is refused; null where there
 * is no such email.
 */
export async function requeueEmail(em: EntityManager, emailId: string): Promise<Requeued | null> {
  const id = uuid();
  const made = await em.execute<{ id: string }[]>(
    `insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, revision, timeline_id,
       data, is_welcome, due_at, resend_of)
     select ?::uuid, e.account_id, e.kind, e.record_key || ':again:' || ?::text, e.position, e.recipient_kind, e.recipient_id,
       e.purchase_id, e.revision, e.timeline_id, e.data, false, coalesce(a.clock_step, a.clock_at, now()), e.id
     from emails e join accounts a on a.id = e.account_id
     where e.id = ? and e.state in ('sent', 'delivered', 'bounced', 'failed', 'unknown') returning id`,
    [id, id, emailId],
  );
  if (made.length > 0) return { kind: 'queued', emailId: id };
  const [row] = await em.execute<{ state: EmailState }[]>('select state from emails where id = ?', [emailId]);
  return row ? { kind: 'refused', state: row.state } : null;
}

/** Where a report of the provider moves an email. */
export type Advance = {
  providerId: string;
  state: 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'failed';
  reason: string | null;
};

/**
 * From which states each may be reached: an email never goes backwards, in whatever order the
 * reports arrive.
 */
const ADVANCES_FROM: Record<Advance['state'], readonly EmailState[]> = {
  delivered: ['sent'],
  suppressed: ['sent'],
  failed: ['sent'],
  bounced: ['sent', 'delivered'],
  complained: ['sent', 'delivered', 'bounced'],
};

/** Moves the email that has the provider's id; `unmatched` where none has it (yet). */
export async function advanceEmail(
  em: EntityManager,
  { providerId, state, reason }: Advance,
): Promise<'applied' | 'no_change' | 'unmatched'> {
  const [count] = await prepared<{ known: number; moved: number }>(em, ADVANCE, [
    state,
    reason,
    providerId,
    ADVANCES_FROM[state],
  ]);
  if (count?.moved) return 'applied';
  return count?.known ? 'no_change' : 'unmatched';
}

// One statement, because our own note of the send may come at any moment: between two statements an
// unknown email could become known.
const ADVANCE = `
  with known as (select id from emails where provider_id = $3),
    moved as (
      update emails e set state = $1, reason = coalesce($2, reason) from known where e.id = known.id and e.state = any($4::text[]) returning 1
    )
  select (select count(*) from known)::int as known, (select count(*) from moved)::int as moved`;
