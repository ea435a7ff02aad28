import type { Price, Subscription, SubscriptionItem } from '../data/docs.ts';
import type { Books } from '../data/books.ts';
import type { InvoiceItemInput, LineDraft } from '../shapes/invoice.ts';
import { boundaryAfter, prorate } from './calendar.ts';
import { formatMoney } from '../protocol/money.ts';

export function itemsOf(subscription: Subscription): SubscriptionItem[] {
  return subscription.items.data;
}

/** The rhythm of a subscription; all its items share it. */
export function rhythmOf(subscription: Subscription) {
  return subscription.items.data[0]!.price.recurring!;
}

/**
 * The period that begins at `start`: `natural` by the calendar, `end` cut short by a cancellation
 * inside it.
 */
export function periodFrom(subscription: Subscription, start: number, cancelAt = subscription.cancel_at) {
  const natural = boundaryAfter(subscription.billing_cycle_anchor, rhythmOf(subscription), start);
  const cut = cancelAt !== null && cancelAt > start && cancelAt < natural;
  return { start, end: cut ? cancelAt : natural, natural };
}

function perInterval(price: Price): string {
  const { interval, interval_count } = price.recurring!;
  return interval_count === 1 ? interval : `${interval_count} ${interval}s`;
}

/** The lines that bill a period: full, or by the second where it is cut short. */
export function periodLines(
  subscription: Subscription,
  period: { start: number; end: number; natural: number },
  nameOf: (price: Price) => string,
): LineDraft[] {
  return itemsOf(subscription).map((item) => ({
    amount: prorate(
      item.price.unit_amount * item.quantity,
      { from: period.start, to: period.end },
      { start: period.start, end: period.natural },
    ),
    description: `${item.quantity} × ${nameOf(item.price)} (at ${formatMoney(item.price.unit_amount, item.price.currency)} / ${perInterval(item.price)})`,
    period: { start: period.start, end: period.end },
    quantity: item.quantity,
    price: item.price,
    item: item.id,
    subscription: subscription.id,
    proration: period.end !== period.natural,
  }));
}

/** The lines of a trial: nothing to pay. */
export function trialLines(subscription: Subscription, start: number, nameOf: (price: Price) => string): LineDraft[] {
  return itemsOf(subscription).map((item) => ({
    amount: 0,
    description: `Free trial for ${item.quantity} × ${nameOf(item.price)}`,
    period: { start, end: subscription.trial_end! },
    quantity: item.quantity,
    price: item.price,
    item: item.id,
    subscription: subscription.id,
  }));
}

/** A one-off charge on a subscription's first invoice, e.g. a setup fee. */
export function oneOffLine(
  { price, quantity, name }: { price: Price; quantity: number; name: string },
  subscription: string,
  at: number,
): LineDraft {
  return {
    amount: price.unit_amount * quantity,
    description: name,
    period: { start: at, end: at },
    quantity,
    price,
    subscription,
  };
}

/** What has been prorated since the last invoice and waits for the next. */
export function pendingLines(books: Books, subscription: Subscription): LineDraft[] {
  return books
    .all('invoiceitem', { subscription: subscription.id })
    .filter((pending) => pending.invoice === null)
    .map((pending) => {
      const item = itemsOf(subscription).find(({ id }) => id === pending._item) ?? itemsOf(subscription)[0]!;
      return {
        amount: pending.amount,
        description: pending.description ?? '',
        period: pending.period,
        quantity: item.quantity,
        price: item.price,
        item: item.id,
        subscription: subscription.id,
        proration: true,
        discountable: !pending._isNet,
        invoiceItem: pending.id,
      };
    });
}

/**
 * The prorations of moving the billed end of the running period to `end`: a credit for less, a
 * charge for more.
 */
export function prorationsTo(
  subscription: Subscription,
  end: number,
  nameOf: (price: Price) => string,
): InvoiceItemInput[] {
  return itemsOf(subscription).flatMap((item) => {
    const billed = item.billed_until ?? item.current_period_end;
    if (billed === end) return [];
    const whole = {
      start: item.current_period_start,
      end: periodFrom(subscription, item.current_period_start, null).natural,
    };
    const period = { start: Math.min(billed, end), end: Math.max(billed, end) };
    return {
      subscription,
      item: item.id,
      price: item.price,
      quantity: item.quantity,
      amount: prorate(item.price.unit_amount * item.quantity, { from: billed, to: end }, whole),
      description: `${end < billed ? 'Unused' : 'Remaining'} time on ${nameOf(item.price)}`,
      period,
    };
  });
}
