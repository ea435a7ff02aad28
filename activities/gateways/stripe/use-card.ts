import type Stripe from 'stripe';
import { reading, writing } from './call.ts';
import { orNull } from './failures.ts';
import type { Account, UseCardInput } from './gateway.ts';
import { fromUnix } from './instants.ts';
import { make } from './make.ts';
import { idOf } from './unreadable.ts';

/**
 * Makes the card that a customer left on Stripe's page the one that pays for a subscription, and
 * returns its id; null = none was left. A session counts only until it would have expired, which is
 * as long as Stripe remembers our key. An old session that is opened again later therefore cannot
 * bring an old card back.
 */
export async function useCard(stripe: Stripe, input: UseCardInput, account: Account): Promise<string | null> {
  const params = { expand: ['setup_intent'] };
  const session = await orNull(stripe.checkout.sessions.retrieve(input.sessionId, params, reading(account)));
  const card = session && cardLeft(session, input);
  if (!card) return null;
  await make(stripe, `card:${input.sessionId}`, (key) =>
    stripe.subscriptions.update(input.subscriptionId, { default_payment_method: card }, writing(key, account)),
  );
  return card;
}

function cardLeft(session: Stripe.Checkout.Session, { customerId, purchaseId, now }: UseCardInput): string | null {
  const isTheirs = idOf(session.customer) === customerId && session.metadata?.purchaseId === purchaseId;
  const isDone = session.mode === 'setup' && session.status === 'complete' && fromUnix(session.expires_at) > now;
  const { setup_intent: intent } = session;
  return isTheirs && isDone && intent && typeof intent === 'object' ? idOf(intent.payment_method) : null;
}
