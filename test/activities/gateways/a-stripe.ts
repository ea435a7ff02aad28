import { expect } from '@jest/globals';
import {
  createStripeGateway,
  type StripeGateway,
  type WriteAnswer,
  type WriteKey,
} from '../../../activities/gateways/stripe.ts';
import { idOf } from '../../../activities/gateways/stripe/unreadable.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { aSandbox, control, type Sandbox } from '../../sandbox/stripe/sandbox.ts';

export const PURCHASE = '0190a1b2-0000-7000-8000-000000000001';

/** Month end on purpose; the clock of every customer here stands at it. */
export const T0 = '2027-01-31T10:00:00.000Z';

export type TestStripe = { sandbox: Sandbox; gateway: StripeGateway; close: () => Promise<void> };

/** A sandbox of its own and the gateway to it. */
export async function aStripe({ timeoutMs = 5_000 } = {}): Promise<TestStripe> {
  const sandbox = await aSandbox();
  const gateway = createStripeGateway({ apiKey: 'sk_test_owner', apiBase: sandbox.url, timeoutMs });
  return { sandbox, gateway, close: () => sandbox.close() };
}

let commands = 0;

/** The key of a new command, unless one is named. */
export const aKey = (changes: Partial<WriteKey> = {}): WriteKey => ({
  commandId: `command-${++commands}`,
  purchaseId: PURCHASE,
  index: 0,
  generation: 0,
  firstTriedAt: new Date().toISOString(),
  ...changes,
});

export const anOffer = ({ trialDays = 0, setupFeeMinor = 0 } = {}) => ({
  offerId: 'offer-1',
  name: 'Studio Membership',
  price: {
    kind: 'subscription' as const,
    amountMinor: 4900,
    currency: 'usd',
    interval: 'month' as const,
    trialDays,
    setupFeeMinor,
  },
});

export type Bought = { subscriptionId: string; invoiceId: string; customerId: string; clockId: string };

type Wish = { card?: string; trialDays?: number; setupFeeMinor?: number };

/** An open checkout of an offer, made by the gateway. */
export async function aCheckout({ gateway }: TestStripe, { trialDays = 0, setupFeeMinor = 0 }: Wish = {}) {
  const offer = anOffer({ trialDays, setupFeeMinor });
  const price = await gateway.createPrice(offer, 'price-key', null);
  const ids = { accountId: 'account-1', contactId: 'contact-1' };
  const { clockId } = await gateway.createClock({ ...ids, frozenAt: T0 }, 'clock-key', null);
  const person = { contactId: 'contact-1', email: 'ada@example.com', name: 'Ada', clockId };
  const { customerId } = await gateway.createCustomer(person, 'customer-key', null);
  const input = {
    ...ids,
    purchaseId: PURCHASE,
    offerId: 'offer-1',
    customerId,
    mode: 'subscription' as const,
    trialDays,
    priceId: price.stripePriceId,
    feePriceId: price.stripeFeePriceId,
    successUrl: 'https://willow.example/thanks',
    cancelUrl: 'https://willow.example/offer',
    expiresAt: null,
  };
  const session = await gateway.createCheckout(input, 'checkout-key', null);
  return { input, session, customerId, clockId };
}

/** A subscription that somebody bought and paid by card. */
export async function aBought(stripe: TestStripe, wish: Wish = {}): Promise<Bought> {
  const { session, customerId, clockId } = await aCheckout(stripe, wish);
  await control(stripe.sandbox, 'POST', `/checkout/${session.sessionId}/pay`, {
    card: wish.card ?? '4242424242424242',
  });
  const done = await stripe.sandbox.stripe.checkout.sessions.retrieve(session.sessionId);
  expect(done.status).toBe('complete');
  return { subscriptionId: idOf(done.subscription) ?? '', invoiceId: idOf(done.invoice) ?? '', customerId, clockId };
}

/** The facts of a write that Stripe did. */
export function doneBy(answer: WriteAnswer): StripeObject[] {
  if (answer.kind === 'refused') throw new Error(`refused: ${answer.stripeCode} ${answer.message}`);
  return answer.objects;
}

/** Lets the next requests with this method and path fail. */
export const fault = (
  { sandbox }: TestStripe,
  staged: { kind: string; method: string; path: string; times?: number },
) => control(sandbox, 'POST', '/faults', { times: 1, ...staged });
