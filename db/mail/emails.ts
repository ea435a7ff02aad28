import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { EmailKind, RenderedEmail } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EmailState } from '../entities/email.ts';
import { query, run, sql } from '../sql.ts';

/** The bytes that are sent; `calendar`: the file attached for calendars. */
export type KeptEmail = RenderedEmail & { calendar: string | null };

/**
 * What decides whether and how one email is sent; `rendered` = the bytes that are sent at every
 * try.
 */
export type EmailRow = {
  emailId: string;
  kind: EmailKind;
  state: EmailState;
  /** Only those who subscribed get it [R3.4]. */
  isMarketing: boolean;
  /** Tries that have ended. */
  attempts: number;
  /** By real time: since when the provider may have taken it; null = certainly not. */
  firstTriedAt: Instant | null;
  rendered: KeptEmail | null;
};

/**
 * Stores the bytes, unless they are stored already, and notes that the provider may have taken them
 * from now on. False if somebody else has written or ended the email since it was read, or
 * its recipient has unsubscribed from what it is.
 */
export async function beginTry(
  em: EntityManager,
  { emailId, rendered: kept }: EmailRow,
  rendered: KeptEmail,
  realNow: Instant,
): Promise<boolean> {
  const begun = await run(
    em,
    sql`update emails set subject = ${rendered.subject}, html = ${rendered.html}, text = ${rendered.text}, calendar = ${rendered.calendar},
       first_tried_at = coalesce(first_tried_at, ${realNow}::timestamptz)
     where id = ${emailId} and state = 'queued' and (html is not null) = ${kept !== null}::boolean
       and (not is_marketing or exists (select from contacts c where c.id = recipient_id and c.marketing_status = 'subscribed'))`,
  );
  return begun > 0;
}

/**
 * Counts a try after which the email still waits; `mayBeTakenSince` = null where the provider has
 * certainly not taken it.
 */
export async function endTry(em: EntityManager, emailId: string, mayBeTakenSince: Instant | null): Promise<void> {
  await run(
    em,
    sql`update emails set attempts = attempts + 1, first_tried_at = ${mayBeTakenSince} where id = ${emailId} and state = 'queued'`,
  );
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
  await run(
    em,
    sql`update emails e set state = ${ending.state}::text, reason = ${ending.reason ?? null},
       provider_id = ${ending.providerId ?? null}, attempts = attempts + ${tries}::int, ${WITHOUT_TOKENS},
       sent_at = case when ${ending.state}::text = 'sent' then coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz) end
     from accounts a where a.id = e.account_id and e.id = ${emailId}
       and (e.state = 'queued' or (e.state = 'unknown' and ${ending.state}::text = 'sent'))`,
  );
}

const WITHOUT_TOKENS = sql`
  html = regexp_replace(html, 'token=[A-Za-z0-9_-]+', 'token=removed', 'g'),
  text = regexp_replace(text, 'token=[A-Za-z0-9_-]+', 'token=removed', 'g')`;

/**
 * Ends an email that was tried for as long as we try: whether it may have been taken decides how.
 */
export async function giveUpEmail(em: EntityManager, emailId: string, reason: string): Promise<void> {
  await run(
    em,
    sql`update emails set state = case when first_tried_at is null then 'failed' else 'unknown' end, reason = ${reason}, ${WITHOUT_TOKENS}
     where id = ${emailId} and state = 'queued'`,
  );
}

export type WelcomeEmail = { emailId: string; kind: string };

/**
 * The welcome emails of a purchase that wait to be sent, in the order in which they go out [R13.2].
 */
export const queuedWelcomeEmails = (em: EntityManager, purchaseId: string): Promise<WelcomeEmail[]> =>
  query(
    em,
    sql`select id as "emailId", kind from emails where purchase_id = ${purchaseId} and is_welcome and state = 'queued'
     order by due_at, position, id`,
  );

/** A test has bytes from the start: there is nothing of which it could be written anew. */
const OF_A_TEST = 'test:';

export const isTestEmail = ({ recordKey }: { recordKey: string }): boolean => recordKey.startsWith(OF_A_TEST);

/** Queues an email to an admin that tells of nothing, to be looked at; its id. */
export async function queueTest(
  em: EntityManager,
  { accountId, adminId, kind, rendered, now }: TestEmail,
): Promise<string> {
  const id = uuid();
  await run(
    em,
    sql`insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, due_at, subject, html, text)
     values (${id}, ${accountId}, ${kind}, ${OF_A_TEST + id}, 0, 'admin', ${adminId}, '{}', false, ${now},
       ${rendered.subject}, ${rendered.html}, ${rendered.text})`,
  );
  return id;
}

type TestEmail = { accountId: string; adminId: string; kind: EmailKind; rendered: RenderedEmail; now: Instant };

/** It was the provider that did not send it; the address may be written to again since. */
const bySuppressionList = sql`(e.state = 'suppressed' and e.sent_at is not null)`;

/** What became of a wish to send again: a new row that waits, or the state that forbids it. */
export type Requeued = { kind: 'queued'; emailId: string } | { kind: 'refused'; state: EmailState };

/**
 * Sends an email again by hand: a new row with its own id, rendered anew, carried by its own `mail`
 * workflow [R13.5]. One that still waits, or whose recipient is gone, is refused; null where there
 * is no such email.
 */
export async function requeueEmail(em: EntityManager, emailId: string): Promise<Requeued | null> {
  const id = uuid();
  const made = await query<{ id: string }>(
    em,
    sql`insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, revision, timeline_id,
       data, is_welcome, is_marketing, due_at, resend_of)
     select ${id}::uuid, e.account_id, e.kind, e.record_key || ':again:' || ${id}::text, e.position, e.recipient_kind, e.recipient_id,
       e.purchase_id, e.revision, e.timeline_id, e.data, false, e.is_marketing, coalesce(a.clock_step, a.clock_at, now()), e.id
     from emails e join accounts a on a.id = e.account_id
     where e.id = ${emailId} and (e.state in ('sent', 'delivered', 'bounced', 'failed', 'unknown') or ${bySuppressionList})
       and not starts_with(e.record_key, ${OF_A_TEST}) returning id`,
  );
  if (made.length > 0) return { kind: 'queued', emailId: id };
  const [row] = await query<{ state: EmailState }>(em, sql`select state from emails where id = ${emailId}`);
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
  const [count] = await query<{ known: number; moved: number }>(em, advance({ providerId, state, reason }));
  if (count?.moved) return 'applied';
  return count?.known ? 'no_change' : 'unmatched';
}

// One statement, because our own note of the send may come at any moment: between two statements an
// unknown email could become known.
const advance = ({ providerId, state, reason }: Advance) => sql`
  with known as (select id from emails where provider_id = ${providerId}),
    moved as (
      update emails e set state = ${state}, reason = coalesce(${reason}, reason) from known
      where e.id = known.id and e.state = any(${ADVANCES_FROM[state]}::text[]) returning 1
    )
  select (select count(*) from known)::int as known, (select count(*) from moved)::int as moved`;

/** Notes that an email does not get through yet; false where it has arrived or ended meanwhile. */
export async function noteDelay(em: EntityManager, providerId: string): Promise<boolean> {
  const noted = await run(
    em,
    sql`update emails e set delayed_at = coalesce(a.clock_step, a.clock_at, now())
     from accounts a where a.id = e.account_id and e.provider_id = ${providerId} and e.state = 'sent'`,
  );
  return noted > 0;
}

/** Whether an email went to a contact. */
export async function isMailedTo(em: EntityManager, emailId: string, contactId: string): Promise<boolean> {
  const found = await query(
    em,
    sql`select from emails where id = ${emailId} and recipient_kind = 'contact' and recipient_id = ${contactId}`,
  );
  return found.length > 0;
}
