import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, CardDetails } from './gateway.ts';

/** A page waits for it, so it is better without the card than late. */
const TIMEOUT_MS = 2_000;

/** The card that paid an invoice, as it was charged [R12.2]; null where something else paid it. */
export async function cardOf(stripe: Stripe, invoiceId: string, account: Account): Promise<CardDetails | null> {
  const expand = ['data.payment.payment_intent.latest_charge'];
  const query = { invoice: invoiceId, status: 'paid', expand } as const;
  const options = { ...reading(account), timeout: TIMEOUT_MS };
  const { data } = await orThrow(stripe.invoicePayments.list({ ...query, expand }, options));
  const card = data.map(cardIn).find((one) => one !== null);
  return card
    ? { brand: card.brand ?? '', last4: card.last4 ?? '', expMonth: card.exp_month, expYear: card.exp_year }
    : null;
}

function cardIn({ payment }: Stripe.InvoicePayment): Stripe.Charge.PaymentMethodDetails.Card | null {
  const intent = payment.payment_intent;
  const charge = typeof intent === 'object' ? intent.latest_charge : payment.charge;
  return (charge && typeof charge === 'object' && charge.payment_method_details?.card) || null;
}
