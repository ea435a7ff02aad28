import type Stripe from 'stripe';
import { fromMs, type Instant } from '../../../workflows/domain/instant.ts';
import { reading } from './call.ts';
import { orNull } from './failures.ts';
import type { Account } from './gateway.ts';
import { toMethod } from './to-method.ts';

/** A purchase or an email waits for it, so it is better without than late. */
const TIMEOUT_MS = 2_000;

/** So that a subscription says until when the card is valid that it is charged to. */
export const WITH_CARD = ['default_payment_method', 'customer.invoice_settings.default_payment_method'];

/** When the month of a card is over; null = it says none. A month of a card has no zone. */
export function cardEndOf(method: Stripe.PaymentMethod): Instant | null {
  const { expMonth, expYear } = toMethod(method);
  return expMonth === null || expYear === null ? null : fromMs(Date.UTC(expYear, expMonth, 1));
}

/** The same of one that is named; null also where there is none. @throws like the rest */
export async function readCardEnd(stripe: Stripe, methodId: string, account: Account): Promise<Instant | null> {
  const method = await findMethod(stripe, methodId, account);
  return method && cardEndOf(method);
}

/** null = there is none. @throws like the rest */
export const findMethod = (stripe: Stripe, methodId: string, account: Account): Promise<Stripe.PaymentMethod | null> =>
  orNull(stripe.paymentMethods.retrieve(methodId, {}, { ...reading(account), timeout: TIMEOUT_MS }));
