import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { askCustomerForReads } from '../../db/inbox/event-cursors.ts';
import { settleRow, type Unmatched } from '../../db/jobs/sweep.ts';
import { customerOfPurchase } from '../../db/money/customer-at-stripe.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import type { StripeGateway } from '../gateways/stripe.ts';
import type { Wakes } from '../gateways/temporal.ts';

type CardDeps = { wakes: Wakes; gateway: Pick<StripeGateway, 'useCard'> };

/**
 * Acts on events of cards, which are of no one purchase's subscription: a card that was left on
 * Stripe's page is put to use, also where the browser never came back; and where a customer has
 * another default card, or a card is renewed, what they pay for is read, which tries a new one for
 * what is past due [R11.5]. False: it is none of these, or nothing can be done yet.
 */
export async function followCard(deps: CardDeps, em: EntityManager, row: Unmatched): Promise<boolean> {
  const { kind, refs, rowId, stripeAccount, isOurAccount } = row;
  const [ref] = refs ?? [];
  if (ref === undefined || stripeAccount === null || !isOurAccount) return false;
  if (kind === 'customer.updated' || kind.startsWith('payment_method.')) {
    const asked = await askCustomerForReads(em, { customerId: ref, stripeAccount, occasion: rowId });
    await settleRow(em, rowId, null);
    await Promise.all(asked.map((purchaseId) => deps.wakes.wake(purchaseId, { kind, rowId })));
    return true;
  }
  if (kind !== 'checkout.session.completed' || row.pointsAt === null) return false;
  return putToUse(deps, em, { rowId, sessionId: ref, purchaseId: row.pointsAt });
}

type Left = { rowId: string; sessionId: string; purchaseId: string };

/** The same request as the browser's, by the same key: whichever comes first does it. */
async function putToUse({ gateway }: CardDeps, em: EntityManager, left: Left): Promise<boolean> {
  const { rowId, sessionId, purchaseId } = left;
  const purchase = await em.findOneOrFail(Purchase, { id: purchaseId });
  const { billing } = purchase.snapshot;
  const [customerId, subscriptionId] = [await customerOfPurchase(em, purchaseId), subscriptionIdOf(billing)];
  if (!isLive(billing) || customerId === null || subscriptionId === null) return false;
  const account = await em.findOneOrFail(Account, { id: purchase.accountId });
  const input = { sessionId, customerId, purchaseId, subscriptionId, now: nowOf(account) };
  const used = await gateway.useCard(input, await stripeAccountOf(em, purchaseId));
  if (used !== null) await settleRow(em, rowId, purchaseId);
  return used !== null;
}
