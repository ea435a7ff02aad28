import type { Orm } from '../db/orm.ts';
import { buryRow, matchRow, sweepUnmatched, type Unmatched } from '../db/sweep.ts';
import { log } from '../log.ts';
import type { StripeGateway } from './gateways/stripe.ts';
import type { Poker } from './gateways/temporal.ts';

export type MatchDeps = { orm: Orm; poker: Poker; gateway: StripeGateway };

/** After this many looks (a day and a half) an event that belongs to no purchase is laid to rest. */
const MOST_LOOKS = 40;

/** Finds the purchases of events that do not name theirs, and wakes them. Harmless at any time, by any number of workers. */
export async function matchEvents(deps: MatchDeps): Promise<void> {
  for (const row of await sweepUnmatched(deps.orm.em.fork())) await match(deps, row);
}

/** A refund or dispute made at Stripe names only its payment intent; Stripe is asked whose that is. */
async function match(
  { orm, poker, gateway }: MatchDeps,
  { rowId, link, stripeAccount, pokes }: Unmatched,
): Promise<void> {
  const em = orm.em.fork();
  try {
    const owner = link === null ? null : await gateway.resolvePaymentIntent(link, stripeAccount);
    if (owner?.purchaseId && (await matchRow(em, rowId, owner.purchaseId, owner.paymentId))) {
      return await poker.wake(owner.purchaseId, { kind: 'matched', rowId });
    }
    if (pokes >= MOST_LOOKS) await buryRow(em, rowId);
  } catch (error) {
    log.warn({ rowId, error }, 'event.match_failed');
  }
}
