import { tell } from '../platform/audit-log.ts';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { SuppressionLift } from '../entities/suppression-lift.ts';
import { toInstant } from '../instants.ts';
import type { Page, PageQuery } from '../page.ts';
import { lockContactById } from '../people/contacts.ts';
import { query, run, sql, type Sql } from '../sql.ts';

/** `listed`: the provider had the address on its list already, and does not say to us why. */
export const SUPPRESSION_REASONS = ['bounce', 'complaint', 'listed'] as const;

/** A contact to whose address the provider sends nothing. */
export type Suppression = {
  contactId: string;
  email: string;
  name: string | null;
  reason: (typeof SUPPRESSION_REASONS)[number];
  /** When the first report was heard of that has not been lifted. */
  since: Instant;
  /** The email of the newest report. */
  emailId: string;
};

export const SINCE = 'since';

/** The contacts of an account whose addresses are suppressed, the latest first. */
export async function listSuppressions(
  em: Scoped,
  contactId: string | undefined,
  { limit, after }: PageQuery,
): Promise<Page<Suppression>> {
  const found = await query<Suppression>(
    em,
    sql`select * from (${suppressed(accountIdOf(em), contactId)}) s
     where (since, "contactId") < (${after?.key ?? 'infinity'}::timestamptz, ${after?.id ?? HIGHEST_ID}::uuid)
     order by since desc, "contactId" desc limit ${limit + 1}`,
  );
  const rows = found.slice(0, limit).map((row) => ({ ...row, since: toInstant(row.since) }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { by: SINCE, key: last.since, id: last.contactId } : null };
}

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * What an earlier address has done is not the new one's. An email that was delivered after the
 * reports proves that the list has let go of the address, whoever had it lifted.
 */
const suppressed = (accountId: string, contactId: string | undefined): Sql => sql`
  select c.id as "contactId", c.email, c.name, min(r.reported_at) as since,
    case when bool_or(r.kind = 'complained') then 'complaint' when bool_or(r.kind = 'hard_bounced') then 'bounce' else 'listed' end as reason,
    (array_agg(r.email_id order by r.reported_at desc, r.email_id desc))[1] as "emailId"
  from delivery_reports r join contacts c on c.id = r.contact_id
  where r.account_id = ${accountId} and r.lift_id is null and c.erased_at is null
    and (${contactId ?? null}::uuid is null or r.contact_id = ${contactId ?? null}::uuid)
    and r.sent_at >= coalesce(c.address_since, '-infinity')
    and not exists (select from emails e where e.account_id = r.account_id and e.recipient_kind = 'contact' and e.recipient_id = r.contact_id
      and e.merged_from is null and e.state = 'delivered' and e.sent_at > r.reported_at)
  group by c.id`;

/** The emails whose reports keep a contact's address suppressed. */
export async function openReports(em: Scoped, contactId: string): Promise<string[]> {
  const rows = await query<{ email_id: string }>(
    em,
    sql`select distinct email_id from delivery_reports
     where account_id = ${accountIdOf(em)} and contact_id = ${contactId} and lift_id is null`,
  );
  return rows.map(({ email_id }) => email_id);
}

export type Lift = { contactId: string; emailIds: readonly string[]; reason: string; actor: Actor; now: Instant };

/**
 * Notes that the provider's list has let go of an address. Only what was reported before the
 * provider was asked is lifted; false where somebody else has noted it meanwhile.
 */
export async function noteLift(em: Scoped, { contactId, emailIds, reason, actor, now }: Lift): Promise<boolean> {
  return em.transactional(async (tx) => {
    const contact = await lockContactById(tx, contactId);
    const still = await openReports(tx, contactId);
    const lifted = emailIds.filter((id) => still.includes(id));
    if (!contact || contact.erasedAt || lifted.length === 0) return false;
    const id = uuid();
    await tx.insert(SuppressionLift, { id, accountId: accountIdOf(em), contactId, reason, actor, createdAt: now });
    await run(
      tx,
      sql`update delivery_reports set lift_id = ${id} where contact_id = ${contactId} and lift_id is null and email_id = any(${lifted})`,
    );
    await tell(tx, { kind: 'contact.suppression_lifted', subjectId: contactId, actor, after: { reason } });
    return true;
  });
}

export const lastLift = (em: Scoped, contactId: string): Promise<SuppressionLift | null> =>
  em.findOne(SuppressionLift, { contactId }, { orderBy: { createdAt: 'desc', id: 'desc' } });
