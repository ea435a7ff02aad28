import { accountIdOf, type Scoped } from '../account-scope.ts';
import { rivalsBetween, type RivalOf } from '../purchase/rivals.ts';
import { query, sql } from '../sql.ts';

/** How much of a contact goes to another one, and what ends. */
export type Counted = {
  purchases: number;
  payments: number;
  emails: number;
  consents: number;
  notes: number;
  tags: number;
  checkouts: number;
  credits: number;
  calls: number;
  seats: number;
  activities: number;
  progress: number;
  customersAtStripe: number;
  openCheckouts: number;
  sessions: number;
};

/** `endsOwn`: the one that stays loses the sessions that began with its password. */
export async function countOfMerge(
  em: Scoped,
  contactId: string,
  { staysId, endsOwn }: { staysId: string; endsOwn: boolean },
): Promise<Counted> {
  const theirs = sql`account_id = ${accountIdOf(em)} and contact_id = ${contactId}`;
  const [counted] = await query<Counted>(
    em,
    sql`select
      (select count(*)::int from purchases where ${theirs} and started_at is not null) as purchases,
      (select count(*)::int from payments where ${theirs}) as payments,
      (select count(*)::int from emails where account_id = ${accountIdOf(em)} and recipient_kind = 'contact'
        and recipient_id = ${contactId}) as emails,
      (select count(*)::int from consents where ${theirs}) as consents,
      (select count(*)::int from contact_notes where ${theirs}) as notes,
      (select count(*)::int from contact_tags where ${theirs}) as tags,
      (select count(*)::int from checkouts where ${theirs}) as checkouts,
      (select count(*)::int from credits where ${theirs}) as credits,
      (select count(*)::int from calls where ${theirs}) as calls,
      (select count(*)::int from seats where ${theirs}) as seats,
      (select count(*)::int from activities where ${theirs}) as activities,
      (select count(*)::int from progress where ${theirs}) as progress,
      (select count(*)::int from stripe_customers where ${theirs} and stripe_customer_id is not null) as "customersAtStripe",
      (select count(*)::int from checkouts where ${theirs} and state = 'open' and stripe_session_id is not null) as "openCheckouts",
      (select count(*)::int from sessions where contact_id = ${contactId}
        or (${endsOwn}::boolean and contact_id = ${staysId} and not by_link)) as sessions`,
  );
  if (!counted) throw new Error('counts without a row');
  return counted;
}

/** What forbids to merge a contact into another, beside what they are themselves. */
export type InTheWay = { rivals: RivalOf[]; holdsForAccount: boolean; isMergedInto: boolean };

export async function inTheWayOf(em: Scoped, goesId: string, staysId: string): Promise<InTheWay> {
  const [found] = await query<Omit<InTheWay, 'rivals'>>(
    em,
    sql`select
      exists (select from purchases where account_id = ${accountIdOf(em)} and contact_id = ${goesId}
        and for_account_id is not null and started_at is not null) as "holdsForAccount",
      exists (select from merges where into_contact_id = ${goesId} and state in ('moving', 'returning')) as "isMergedInto"`,
  );
  if (!found) throw new Error('an answer without a row');
  return { ...found, rivals: await rivalsBetween(em, goesId, staysId) };
}
