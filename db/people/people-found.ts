import { accountIdOf, type Scoped } from '../account-scope.ts';
import { matching, partsOf, type Part } from '../matching.ts';
import { sqlOf, type Condition } from '../page.ts';
import { EACH_TIME, query, sql, type Sql } from '../sql.ts';

/**
 * Up to so many people are looked up by their ids; rows of more are found sooner by going through
 * the list.
 */
const FEW = 1_000;

/** Rows whose `column` is a contact with `q` in the address or name. */
export async function ofContacts(em: Scoped, column: string, q: string): Promise<Condition> {
  const parts = await partsOf(em, q);
  const found = (await areCommon(em, parts)) ? null : await fewWith(em, parts);
  if (found) return { sql: `r.${column} = any(?::uuid[])`, params: [`{${found.join(',')}}`] };
  const match = matching('search', parts);
  const people = `select id from contacts where account_id = ? and erased_at is null and ${match.sql}`;
  return { sql: `r.${column} in (${people})`, params: [accountIdOf(em), ...match.params] };
}

/** Whether a hundredth of the newest contacts have them: then no list is gone through far. */
export async function areCommon(em: Scoped, parts: readonly Part[]): Promise<boolean> {
  const [row] = await query<{ seen: string }>(
    em,
    sql`select count(*) as seen from (
       select search from contacts where account_id = ${accountIdOf(em)} and erased_at is null order by created_at desc, id desc limit ${sql.lit(NEWEST)}
     ) newest where ${areIn(parts)}`,
  );
  return Number(row?.seen) >= NEWEST / 100;
}

const NEWEST = 2_000;

/** The contacts that have them; null if they are not few. */
async function fewWith(em: Scoped, parts: readonly Part[]): Promise<string[] | null> {
  const found = await query<{ id: string }>(
    em,
    sql`${EACH_TIME} select id from contacts where account_id = ${accountIdOf(em)} and erased_at is null and ${areIn(parts)}
     order by created_at desc, id desc limit ${sql.lit(FEW + 1)}`,
  );
  return found.length > FEW ? null : found.map(({ id }) => id);
}

/** Parts in the contacts' `search`, in a statement of our own. */
export const areIn = (parts: readonly Part[]): Sql => sqlOf(matching('search', parts));
