import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { sumMinor } from '../../../workflows/domain/money.ts';
import type { Proration, ReadyWrite } from '../../../workflows/domain/writes.ts';
import type { ChangeQuote } from '../../../workflows/verbs/change-money.ts';
import { reading, writing, type Try } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, PriceChange } from './gateway.ts';
import { toUnix } from './instants.ts';
import { fromStripeInvoice } from './invoice-fact.ts';
import { fromStripeSubscription } from './subscription-fact.ts';

/**
 * Another price from now on. What that costs is charged in the same request: if it cannot be, or
 * the bank wants the customer to confirm it, nothing is changed [R27.4].
 */
export async function changePrice(
  stripe: Stripe,
  write: Extract<ReadyWrite, { op: 'changePrice' }>,
  { idempotencyKey, key, account }: Try,
): Promise<StripeObject[]> {
  const { subscriptionId } = write;
  const before = await stripe.subscriptions.retrieve(subscriptionId, {}, reading(account));
  const params = {
    ...paramsOf(before, write),
    ...discountsIn(write),
    payment_behavior: 'error_if_incomplete' as const,
    metadata: { commandId: key.commandId },
    expand: ['latest_invoice'],
  };
  const changed = await stripe.subscriptions.update(subscriptionId, params, writing(idempotencyKey, account));
  return changedObjects(changed);
}

/** The subscription, with the invoice that its change brought; its latest one must be expanded. */
export function changedObjects(subscription: Stripe.Subscription): StripeObject[] {
  const { latest_invoice: invoice } = subscription;
  const isOfChange = typeof invoice === 'object' && invoice?.billing_reason === 'subscription_update';
  return [...(isOfChange ? [fromStripeInvoice(invoice, null)] : []), fromStripeSubscription(subscription)];
}

/** What such a change would invoice at once, at Stripe's own figures. */
export async function changeQuote(stripe: Stripe, change: PriceChange, account: Account): Promise<ChangeQuote> {
  const { subscriptionId: subscription } = change;
  const before = await orThrow(stripe.subscriptions.retrieve(subscription, {}, reading(account)));
  const params = { subscription, subscription_details: paramsOf(before, change), ...discountsIn(change) };
  const preview = await orThrow(stripe.invoices.createPreview(params, reading(account)));
  const credits = preview.lines.data.map(afterItsDiscounts).filter((amount) => amount < 0);
  return {
    currency: preview.currency,
    creditedMinor: -sumMinor(credits),
    dueMinor: preview.amount_due,
    creditLeftMinor: Math.max(0, -(preview.total + preview.starting_balance)),
  };
}

const afterItsDiscounts = ({ amount, discount_amounts: off }: Stripe.InvoiceLineItem): number =>
  amount - sumMinor((off ?? []).map((one) => one.amount));

/** The whole list anew: what it does not name is taken off. */
export function discountsIn({ discounts }: { discounts?: string[] | undefined }) {
  if (!discounts) return {};
  return { discounts: discounts.length > 0 ? discounts.map((discount) => ({ discount })) : ('' as const) };
}

/** The same for the change and its preview, so that the one comes to what the other said. */
function paramsOf({ items }: Stripe.Subscription, { priceId: price, proration, asOf }: PriceChange) {
  const [item] = items.data;
  return { items: [{ id: item?.id ?? '', price }], ...PRORATIONS[proration](toUnix(asOf)) };
}

const PRORATIONS: Record<
  Proration,
  (at: number) => Pick<Stripe.SubscriptionUpdateParams, 'proration_behavior' | 'proration_date'> & {
    billing_cycle_anchor?: { type: 'now' };
  }
> = {
  prorate: (at) => ({ proration_behavior: 'always_invoice', proration_date: at }),
  none: () => ({ proration_behavior: 'none' }),
  full: () => ({ proration_behavior: 'none', billing_cycle_anchor: { type: 'now' } }),
};
