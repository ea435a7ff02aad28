import type { EntityManager } from '@mikro-orm/postgresql';
import { isGivenUp } from '../../workflows/domain/bounces.ts';
import { bounceLimitOf } from '../../workflows/domain/settings.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { nowOf } from '../clock/account-clock.ts';
import type { Contact } from '../entities/contact.ts';
import type { ReportKind } from '../entities/delivery-report.ts';
import { toInstant } from '../instants.ts';
import { changeMarketing } from '../people/change-marketing.ts';
import { lockContactById } from '../people/contacts.ts';
import { enterByMailedContact } from '../platform/enter.ts';
import { query, sql } from '../sql.ts';

/** What is reported of an email after which the provider sends its recipient nothing [R3.5]. */
export type Report = { providerId: string; kind: ReportKind };

/**
 * Keeps a report of an email to a contact, once, and unsubscribes them: by a complaint at once, by
 * permanent bounces as many as the account's setting says. That the address is on the provider's
 * list says nothing new of them. What was sent to an earlier address of theirs says nothing of the
 * one that they have.
 */
export async function takeReport(tx: EntityManager, report: Report): Promise<void> {
  const { kind } = report;
  const [kept] = await query<Kept>(tx, keep(report));
  if (!kept || kind === 'suppressed') return;
  const entered = await enterByMailedContact(tx, kept.contact_id);
  const contact = entered && (await lockContactById(entered.em, entered.contact.id));
  if (!contact || isOfOtherAddress(contact, kept, kind)) return;
  const limit = bounceLimitOf(entered.account.settings);
  if (kind === 'hard_bounced' && !isGivenUp(await bouncesOf(tx, contact), limit)) return;
  const now = nowOf(entered.account);
  const by = { source: 'provider', actor: SYSTEM, now, emailId: kept.email_id } as const;
  await changeMarketing(tx, contact, { change: { kind }, ...by });
}

const keep = ({ providerId, kind }: Report) => sql`
  insert into delivery_reports (email_id, kind, account_id, contact_id, sent_at, reported_at)
  select e.id, ${kind}, account_id, coalesce(merged_from, recipient_id), coalesce(sent_at, due_at), coalesce(a.clock_step, a.clock_at, now())
  from emails e join accounts a on a.id = e.account_id
  where provider_id = ${providerId} and recipient_kind = 'contact'
  on conflict do nothing returning email_id, contact_id, sent_at`;

type Kept = { email_id: string; contact_id: string; sent_at: string };

/** That of somebody who was merged into them is not theirs; a complaint is the person's, though. */
function isOfOtherAddress({ id, addressSince }: Contact, { contact_id, sent_at }: Kept, kind: ReportKind): boolean {
  if (contact_id !== id) return kind !== 'complained';
  return addressSince !== null && toInstant(sent_at) < addressSince;
}

/**
 * When the emails were sent that have bounced for good since they had this address, and confirmed
 * for the last time that they read what is sent to it.
 */
async function bouncesOf(tx: EntityManager, { id, addressSince }: Contact): Promise<string[]> {
  const rows = await query<{ sent_at: string }>(
    tx,
    sql`select sent_at from delivery_reports
     where contact_id = ${id} and kind = 'hard_bounced' and sent_at >= coalesce(${addressSince}::timestamptz, '-infinity')
       and sent_at > coalesce((select max(at) from consents where contact_id = ${id} and kind = 'confirmed'), '-infinity')`,
  );
  return rows.map(({ sent_at }) => toInstant(sent_at));
}
