import Stripe from 'stripe';
import type { Instant } from '../../../workflows/domain/instant.ts';
import { sumMinor, type Money } from '../../../workflows/domain/money.ts';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account } from './gateway.ts';
import { toUnix } from './instants.ts';

/**
 * Stripe's own amount for the last, shortened cycle of a cancellation beyond the paid period
 * [R8.1]. null if nothing is charged for it, or if it lies beyond the next invoice, which is as far
 * as Stripe looks ahead.
 */
export async function cancelQuote(
  stripe: Stripe,
  subscriptionId: string,
  at: Instant,
  account: Account,
): Promise<Money | null> {
  const preview = await orThrow(previewOf(stripe, subscriptionId, toUnix(at), account));
  if (!preview) return null;
  const lines = lastCycle(preview.lines.data, toUnix(at));
  return lines.length > 0
    ? { amountMinor: sumMinor(lines.map(({ amount }) => amount)), currency: preview.currency }
    : null;
}

async function previewOf(stripe: Stripe, subscription: string, cancelAt: number, account: Account) {
  const details = { cancel_at: cancelAt, proration_behavior: 'create_prorations' as const };
  try {
    return await stripe.invoices.createPreview({ subscription, subscription_details: details }, reading(account));
  } catch (error) {
    const isNone = error instanceof Stripe.errors.StripeError && error.code === 'invoice_upcoming_none';
    if (isNone) return null;
    throw error;
  }
}

/**
 * The cycle that the cancellation cuts short, billed short or billed whole with the rest credited.
 */
function lastCycle(lines: Stripe.InvoiceLineItem[], cancelAt: number): Stripe.InvoiceLineItem[] {
  const isItem = (line: Stripe.InvoiceLineItem) => line.parent?.type === 'subscription_item_details';
  const reaching = lines.filter(
    (line) => isItem(line) && line.amount >= 0 && line.period.start < cancelAt && cancelAt <= line.period.end,
  );
  if (reaching.length === 0) return [];
  const credits = lines.filter((line) => line.amount < 0 && line.period.start >= cancelAt);
  return [...reaching, ...credits];
}
