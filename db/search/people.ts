import { accountIdOf, type Scoped } from '../account-scope.ts';
import { literal, type Part } from '../matching.ts';
import { areCommon, areIn } from '../people/people-found.ts';
import { EACH_TIME, sql, type Sql } from '../sql.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { MarketingStatus } from '../../workflows/domain/marketing.ts';
import type { Meant } from '../../workflows/domain/search.ts';
import { idsOf, rowsOf, type Found } from './search.ts';

/** So many people at most are found by words, and so many looked at to find the best. */
const MOST_PEOPLE = 100;
const MOST_LOOKED_AT = 1_000;

/** The contacts that an id, an address or a customer at Stripe names, the newest first. */
export async function namedPeople(em: Scoped, { ids, address, stripeId }: Meant): Promise<string[]> {
  if (!ids && !address && !stripeId) return [];
  const accountId = accountIdOf(em);
  const named = sql`
    (select id, merged_into from contacts where account_id = ${accountId} and email = ${address})
    union (select id, merged_into from contacts
      where account_id = ${accountId} and id between ${ids?.first}::uuid and ${ids?.last}::uuid order by id limit ${sql.lit(MOST_PEOPLE)})
    union (select contact_id, null::uuid from stripe_customers where account_id = ${accountId} and stripe_customer_id = ${stripeId})`;
  return idsOf(
    em,
    sql`select id from contacts where account_id = ${accountId} and erased_at is null
      and id in (select coalesce(merged_into, id) from (${named}) named)
      order by created_at desc, id desc limit ${sql.lit(MOST_PEOPLE)}`,
  );
}

/**
 * Those with all parts in address and name: first those whose address, name or words begin with
 * what was typed, then the newest. Of what is common among the newest, only these are looked at.
 */
export async function peopleWith(em: Scoped, parts: readonly Part[]): Promise<string[]> {
  if (parts.length === 0) return [];
  const all = sql`select id, search, created_at from contacts
    where account_id = ${accountIdOf(em)} and erased_at is null and ${areIn(parts)}`;
  const looked = (await areCommon(em, parts))
    ? sql`${all} order by created_at desc, id desc limit ${sql.lit(MOST_PEOPLE)}`
    : sql`${all} limit ${sql.lit(MOST_LOOKED_AT)}`;
  return idsOf(em, ranked(looked, parts));
}

function ranked(people: Sql, parts: readonly Part[]): Sql {
  const begins = `${literal(parts.map(({ text }) => text).join(' '))}%`;
  return sql`${EACH_TIME} select id from (${people}) found
    order by (search like ${begins} or search like ${`%\n${begins}`}) desc, created_at desc, id desc limit ${sql.lit(MOST_PEOPLE)}`;
}

export type ContactFound = {
  id: string;
  email: string;
  name: string | null;
  marketingStatus: MarketingStatus;
  isTest: boolean;
  at: Instant;
};

export const contactsOf = (em: Scoped, ids: readonly string[], most: number): Promise<Found<ContactFound>> =>
  rowsOf(
    em,
    ids.slice(0, most + 1),
    most,
    (shown) => sql`select id, email, name, marketing_status as "marketingStatus", is_test as "isTest", created_at as at
      from contacts where account_id = ${accountIdOf(em)} and id = any(${shown}::uuid[])`,
  );
