import type { EntityManager } from '@mikro-orm/postgresql';
import { query, run, sql } from '../sql.ts';

/** An add-on that was signed up for; `planId`: the purchase of the plan, which has begun. */
export type WantedAddOn = { checkoutId: string; planId: string; accountId: string };

const MOST = sql.lit(20);

/**
 * Add-ons that are to begin now, since their plan has; each is left to whoever took it for a
 * minute, and is then found again. While the platform's clock moves they wait.
 */
export const takeWantedAddOns = (em: EntityManager): Promise<WantedAddOn[]> =>
  query(
    em,
    sql`update checkouts c set add_on_at = now() + interval '1 minute'
     where c.id in (
       select s.id from checkouts s join purchases p on p.id = s.purchase_id join accounts a on a.id = s.account_id
       where s.add_on_at <= now() and (s.state = 'completed' or s.recovered_by = s.purchase_id) and p.started_at is not null and p.duplicate_of is null
         and a.clock_target is null
       order by s.add_on_at limit ${MOST} for update of s skip locked)
     returning c.id as "checkoutId", c.purchase_id as "planId", c.for_account_id as "accountId"`,
  );

/** It has begun, or cannot: from now on the owner adds it. */
export const settleWantedAddOn = (em: EntityManager, { checkoutId }: WantedAddOn): Promise<unknown> =>
  run(em, sql`update checkouts set add_on_at = null where id = ${checkoutId}`);
