import type { EntityManager } from '@mikro-orm/postgresql';
import type { ArrivedEvent } from './store-events.ts';

/** An event that had no effect is open again; whatever it says is applied once, however often it is taken. */
export const reopenEvent = (em: EntityManager, rowId: string, accountId: string): Promise<unknown> =>
  em.execute(
    `update inbox set state = 'open', answer = null, done_at = null, pokes = 0, poke_at = now() + interval '1 minute'
     where id = ? and account_id = ? and class = 'fact' and state in ('failed', 'no_change')`,
    [rowId, accountId],
  );

type Owner = Pick<ArrivedEvent, 'purchaseId' | 'subscriptionId' | 'isLivemode'>;

/**
 * Looks anew whose an event is that belongs to nobody: open for the purchase that it names, else left to the sweep's next look.
 * @returns the purchase's id, or null where it is still nobody's
 */
export async function matchAnew(em: EntityManager, rowId: string, owner: Owner): Promise<string | null> {
  const [row] = await em.execute<{ subject_id: string | null }[]>(MATCH_ANEW, [
    ...[owner.purchaseId, owner.subscriptionId, owner.isLivemode, owner.purchaseId],
    rowId,
  ]);
  return row?.subject_id ?? null;
}

// As events are matched when they arrive. What Stripe calls live never reaches a test account.
const MATCH_ANEW = `
  with found as (
    select p.id, p.account_id from purchases p join accounts a on a.id = p.account_id
    where (p.id = ?::uuid or p.stripe_subscription_id = ?) and (a.mode = 'live' or not ?::bool)
    order by (p.id = ?::uuid) desc nulls last limit 1
  )
  update inbox set state = case when found.id is null then 'unmatched' else 'open' end, subject_id = found.id,
    subject_kind = case when found.id is not null then 'purchase' end, account_id = found.account_id,
    done_at = null, pokes = 0, poke_at = now() + interval '1 minute'
  from (select 1) here left join found on true
  where inbox.id = ? and inbox.account_id is null and inbox.state in ('unmatched', 'dead')
  returning inbox.subject_id`;
