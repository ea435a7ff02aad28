import type { Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import type { Invoice, Subscription } from '../data/docs.ts';
import { ApiFault } from '../protocol/fault.ts';
import { holdingAt } from './discounts.ts';
import { newInvoice, type InvoiceItemInput, type LineDraft } from '../shapes/invoice.ts';
import { changeItems, invoicePending, naturalPeriodEnd, type ItemsChange, type ProrationBehaviour } from './amend.ts';
import { itemsOf, pendingLines, periodFrom, periodLines, prorationsTo } from './lines.ts';
import { productNames } from './names.ts';

export interface PreviewInput {
  /** undefined: as it is; null: no end. */
  cancelAt: number | null | undefined;
  cancelNow: boolean;
  behaviour: ProrationBehaviour;
  prorationDate: number;
}

/**
 * The invoice that would come next for a subscription, changed or not; 404 `invoice_upcoming_none`
 * where none would. Changes nothing.
 */
export function previewInvoice(books: Books, subscription: Subscription, input: PreviewInput, at: number): Invoice {
  const cancelAt = input.cancelAt === undefined ? subscription.cancel_at : input.cancelAt;
  const lines = hasEnded(subscription)
    ? []
    : [
        ...pendingLines(books, subscription),
        ...prorated(books, subscription, input, cancelAt),
        ...next(books, subscription, input, cancelAt),
      ];
  if (lines.length === 0) throw noUpcoming(subscription.customer);
  const due = input.cancelNow ? at : itemsOf(subscription)[0]!.current_period_end;
  const period = { start: itemsOf(subscription)[0]!.current_period_start, end: due };
  const customer = books.need('customer', subscription.customer);
  const discounts = holdingAt(books, subscription, due);
  const { currency } = subscription;
  const upcoming = { customer, subscription, currency, reason: 'upcoming', lines, discounts, period, finalizesAt: due };
  const invoice = newInvoice(upcoming, due);
  const owed = invoice.total + customer.balance;
  const amount = Math.max(owed, 0);
  return {
    ...invoice,
    id: invoice.id.replace('in_', 'upcoming_in_'),
    amount_due: amount,
    amount_remaining: amount,
    ending_balance: Math.min(owed, 0),
  };
}

/**
 * The invoice that changed items would bring: the one that is made at once, or else the next. It is
 * made, looked at, and taken back.
 */
export function previewChange(books: Books, subscription: Subscription, change: ItemsChange, at: number): Invoice {
  return books.tryOut(() => {
    const { latest_invoice: before } = subscription;
    changeItems(books, subscription, change, at);
    if (change.behaviour === 'always_invoice') invoicePending(books, subscription, at);
    const { latest_invoice: made } = subscription;
    if (made !== null && made !== before) return asUpcoming(books.need('invoice', made));
    const asItIs = { cancelAt: undefined, cancelNow: false, behaviour: change.behaviour, prorationDate: at };
    return previewInvoice(books, books.save(subscription), asItIs, at);
  });
}

const asUpcoming = (invoice: Invoice): Invoice => ({
  ...invoice,
  id: invoice.id.replace('in_', 'upcoming_in_'),
  amount_paid: 0,
  amount_remaining: invoice.amount_due,
  status: 'draft',
});

function prorated(books: Books, subscription: Subscription, input: PreviewInput, cancelAt: number | null): LineDraft[] {
  if (subscription.status === 'trialing' || input.behaviour === 'none') return [];
  const start = itemsOf(subscription)[0]!.current_period_start;
  const end = input.cancelNow ? input.prorationDate : periodFrom(subscription, start, cancelAt).end;
  return prorationsTo(subscription, end, productNames(books)).map(toLine);
}

function toLine({ subscription, ...rest }: InvoiceItemInput): LineDraft {
  return { ...rest, subscription: subscription.id, proration: true };
}

function next(books: Books, subscription: Subscription, input: PreviewInput, cancelAt: number | null): LineDraft[] {
  const start = naturalPeriodEnd(subscription);
  if (input.cancelNow || (cancelAt !== null && cancelAt <= start)) return [];
  return periodLines(subscription, periodFrom(subscription, start, cancelAt), productNames(books));
}

function noUpcoming(customer: string): ApiFault {
  const message = `No upcoming invoices for customer: ${customer}`;
  return new ApiFault({ status: 404, type: 'invalid_request_error', code: 'invoice_upcoming_none', message });
}
