import { accountIdOf, type Scoped } from '../account-scope.ts';
import { matching, type Part } from '../matching.ts';
import { sqlOf } from '../page.ts';
import { sql, type Sql } from '../sql.ts';
import type { CallState } from '../entities/call.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { firstOf, idsIn, idsOf, newestOfEach, rowsOf, type By, type Found, type Search } from './search.ts';
import { WHO, type Who } from './who.ts';

export type CallFound = Who & { id: string; expertName: string; state: CallState; at: Instant };

/** So many experts at most are looked at. */
const MOST_EXPERTS = 100;

/** Experts by their names. */
export const expertsWith = (em: Scoped, parts: readonly Part[]): Promise<string[]> =>
  idsOf(
    em,
    sql`select id from experts where account_id = ${accountIdOf(em)} and ${sqlOf(matching('search', parts))}
      order by created_at desc, id desc limit ${sql.lit(MOST_EXPERTS)}`,
  );

/** By an id, by who booked them and by whom they are with. */
export async function findCalls(em: Scoped, { meant, most }: Search, by: By): Promise<Found<CallFound>> {
  const accountId = accountIdOf(em);
  const found = await firstOf(most, [
    () => idsIn(em, meant, sql`calls where true`, most),
    () => ofEach(em, by.people, sql`contact_id = one.id`, most),
    () => ofEach(em, by.experts, sql`expert_id = one.id`, most),
  ]);
  return rowsOf(
    em,
    found,
    most,
    (shown) => sql`select k.id, k.state, k.starts_at as at, x.name as "expertName", ${WHO}
     from calls k join experts x on x.id = k.expert_id join contacts c on c.id = k.contact_id
     where k.account_id = ${accountId} and k.id = any(${shown}::uuid[])`,
  );
}

const ofEach = async (em: Scoped, whose: readonly string[], is: Sql, most: number): Promise<string[]> =>
  whose.length === 0
    ? []
    : idsOf(
        em,
        newestOfEach(
          whose,
          sql`select id, starts_at as at from calls where account_id = ${accountIdOf(em)} and ${is}
            order by starts_at desc, id desc`,
          most,
        ),
      );
