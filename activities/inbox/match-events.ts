import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import { keepOwnStripeAccount, ownStripeAccount } from '../../db/money/own-stripe-account.ts';
import { keepPaymentRoutes, keepRoutes, matchAll, matchRow } from '../../db/inbox/match-events.ts';
import type { Orm } from '../../db/orm.ts';
import { findBody } from '../../db/inbox/inbox.ts';
import { askAnew } from '../../db/inbox/replay-event.ts';
import { buryRow, sweepUnmatched, type Unmatched } from '../../db/jobs/sweep.ts';
import { log } from '../../log.ts';
import { PLATFORM, toArrivedEvent, type StripeGateway } from '../gateways/stripe.ts';
import { followCard } from './follow-card.ts';
import type { Wakes } from '../gateways/temporal.ts';

export type MatchDeps = { orm: Orm; wakes: Wakes; gateway: StripeGateway };

/** After this many looks (a day and a half) an event that belongs to no purchase is dead. */
const MOST_LOOKS = 40;
/** The event of its checkout may still be on its way, but not for long. */
const LOOKS_AT_A_PAYMENT = 3;
/** How many requests are at Stripe at a time: each event may be about somebody else's payment. */
const AT_ONCE = 8;

/**
 * Finds the purchases of events that arrived before it was known whose they are, and wakes them.
 * Returns how many. Safe at any time, by any number of workers.
 */
export async function matchEvents(deps: MatchDeps): Promise<number> {
  const em = deps.orm.em.fork();
  await learnOwnAccount(deps, em);
  const matched = await matchAll(em);
  await Promise.all(matched.map(({ rowId, purchaseId }) => wake(deps, rowId, purchaseId)));
  const left = await sweepUnmatched(em);
  let found = matched.length;
  for (let first = 0; first < left.length; first += AT_ONCE) {
    const some = left.slice(first, first + AT_ONCE);
    const matches = await Promise.all(some.map((row) => match(deps, row)));
    found += matches.filter(Boolean).length;
  }
  return found;
}

/**
 * Without it no event of the platform's endpoint has an account; while Stripe is unreachable they
 * wait.
 */
async function learnOwnAccount({ gateway }: MatchDeps, em: EntityManager): Promise<void> {
  try {
    if ((await ownStripeAccount(em)) === null) await keepOwnStripeAccount(em, await gateway.ownAccount());
  } catch (error) {
    log.warn({ error }, 'stripe.account_unknown');
  }
}

const wake = ({ wakes }: MatchDeps, rowId: string, purchaseId: string): Promise<void> =>
  wakes.wake(purchaseId, { kind: 'matched', rowId });

async function match(deps: MatchDeps, row: Unmatched): Promise<boolean> {
  const em = deps.orm.em.fork();
  try {
    if (await followCard(deps, em, row)) return true;
    const verdict = await prove(deps, em, row);
    const purchaseId = verdict === 'known' ? await matchRow(em, row.rowId) : null;
    if (purchaseId !== null) await wake(deps, row.rowId, purchaseId);
    else if (verdict === 'foreign' || row.wakes >= MOST_LOOKS) await buryRow(em, row.rowId);
    return purchaseId !== null;
  } catch (error) {
    log.warn({ rowId: row.rowId, error }, 'event.match_failed');
    return false;
  }
}

/**
 * The owner by Stripe's own word: `known` = there is a route to its purchase now; `foreign` = it
 * belongs to nobody here, for good.
 */
async function prove(deps: MatchDeps, em: EntityManager, row: Unmatched): Promise<'known' | 'foreign' | 'waits'> {
  const { stripeAccount, refs, checkout, rowId } = row;
  if (refs === null) return readAgain(em, rowId);
  if (stripeAccount === null || !row.isOurAccount) return 'waits';
  const own = await ownStripeAccount(em);
  const header = stripeAccount === own ? null : stripeAccount;
  if (/^(refund|charge\.dispute)\./.test(row.kind)) {
    const money = { paymentIntentId: byPrefix(refs, /^pi_/), chargeId: byPrefix(refs, /^(ch|py)_/) };
    const payment = await deps.gateway.resolvePayment(money, header);
    if (!payment) return 'foreign';
    const { paymentId, subscriptionId } = payment;
    const known = [paymentId, ...(subscriptionId === null ? [] : [subscriptionId])];
    if (await keepPaymentRoutes(em, { stripeAccount, known, paymentId, objectIds: refs })) return 'known';
    return row.wakes >= LOOKS_AT_A_PAYMENT ? 'foreign' : 'waits';
  }
  if (checkout === null) return 'waits';
  const objectIds = await deps.gateway.readCheckout(checkout.sessionId, header);
  await keepRoutes(em, { purchaseId: checkout.purchaseId, stripeAccount, objectIds });
  return objectIds.length > 0 ? 'known' : 'waits';
}

const byPrefix = (refs: string[], prefix: RegExp): string | null => refs.find((id) => prefix.test(id)) ?? null;

/** Events that an older version stored do not say yet which objects they are about. */
async function readAgain(em: EntityManager, rowId: string): Promise<'known' | 'waits'> {
  const body = await findBody(em, rowId);
  if (!body) return 'waits';
  await askAnew(em, rowId, toArrivedEvent(JSON.parse(body.toString('utf8')) as Stripe.Event, PLATFORM, body));
  return 'known';
}
