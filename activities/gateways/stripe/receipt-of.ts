import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, Receipt } from './gateway.ts';

/** A page waits for it, so it is better without a receipt than late. */
const TIMEOUT_MS = 2_000;

/** The number of a paid invoice and the card that was charged [R12.2]; null where there is none. */
export async function receiptOf(stripe: Stripe, invoiceId: string, account: Account): Promise<Receipt> {
  const expand = ['data.payment.payment_intent.latest_charge', 'data.invoice'];
  const query = { invoice: invoiceId, status: 'paid', expand } as const;
  const options = { ...reading(account), timeout: TIMEOUT_MS };
  const { data } = await orThrow(stripe.invoicePayments.list({ ...query, expand }, options));
  const card = data.map(cardIn).find((one) => one !== null);
  return {
    number: data.map(numberIn).find((one) => one !== null) ?? null,
    card: card
      ? { brand: card.brand ?? '', last4: card.last4 ?? '', expMonth: card.exp_month, expYear: card.exp_year }
      : null,
  };
}

const numberIn = ({ invoice }: Stripe.InvoicePayment): string | null =>
  typeof invoice === 'object' && 'number' in invoice ? invoice.number : null;

function cardIn({ payment }: Stripe.InvoicePayment): Stripe.Charge.PaymentMethodDetails.Card | null {
  const intent = payment.payment_intent;
  const charge = typeof intent === 'object' ? intent.latest_charge : payment.charge;
  return (charge && typeof charge === 'object' && charge.payment_method_details?.card) || null;
}
