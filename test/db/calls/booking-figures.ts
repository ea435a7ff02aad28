import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Of an account: its booked calls and their slots, credits that one holds and that none does, and
 * what was recorded and told of it.
 */
export async function bookingFigures(em: EntityManager, accountId: string): Promise<unknown> {
  const [row] = await em.execute<object[]>(
    `with mine as (select id, snapshot from purchases where account_id = ?),
       credits as (select mine.id, mine.snapshot, c.value as one from mine, jsonb_array_elements(mine.snapshot -> 'credits' -> 'open') as c)
     select (select count(*)::int from calls where account_id = ? and state = 'booked') as calls,
       (select count(distinct (expert_id, starts_at))::int from calls where account_id = ? and state = 'booked') as slots,
       (select count(*)::int from credits join calls k on k.purchase_id = credits.id and k.id::text = one ->> 'heldBy'
          and snapshot -> 'calls' -> 0 ->> 'id' = one ->> 'heldBy') as held,
       (select count(*)::int from credits where one ->> 'heldBy' is null
          and not exists (select from calls k where k.purchase_id = credits.id)) as free,
       (select count(*)::int from credit_entries where account_id = ? and kind = 'redeemed') as redeemed,
       (select count(*)::int from emails where account_id = ? and kind in ('call-booked', 'expert-call-booked')) as told`,
    [accountId, accountId, accountId, accountId, accountId],
  );
  return row;
}
