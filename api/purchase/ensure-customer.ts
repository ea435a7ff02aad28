import { createHash } from 'node:crypto';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import { customerAtStripe, keepAtStripe } from '../../db/money/customer-at-stripe.ts';
import { holderIdOf, type Holder } from '../../db/purchase/holder.ts';
import { insteadOf } from '../../activities/gateways/ensure-price.ts';

type Asked = { em: Scoped; account: Account; now: string };

/** What Stripe compares is part of a key: it is bound to it. */
export const fingerprint = (sent: unknown): string =>
  createHash('sha256').update(JSON.stringify(sent)).digest('hex').slice(0, 16);

/**
 * A holder's customer in the Stripe account on which the site sells now. In a test account it has
 * a clock of its own, which stands where the account's does. A lost customer gets a new clock as
 * well: Stripe deletes old clocks, and their customers with them.
 */
export async function ensureCustomer(
  { em, account, now }: Asked,
  { holder, lost }: { holder: Holder; lost: string | null },
  { stripe }: { stripe: Pick<StripeGateway, 'createCustomer' | 'createClock'> },
): Promise<string> {
  const { stripeAccount } = account;
  const known = await customerAtStripe(em, holder, stripeAccount);
  if (known.customerId !== null && lost === null) return known.customerId;
  const { id: contactId, email, name } = holder.contact;
  const holderId = holderIdOf(holder);
  let clockId = lost === null ? known.clockId : null;
  if (account.mode === 'test' && clockId === null) {
    const input = { accountId: account.id, contactId, frozenAt: now };
    const key = insteadOf(`clock:${holderId}:${now}`, lost);
    ({ clockId } = await stripe.createClock(input, key, stripeAccount));
    await keepAtStripe(em, holder, stripeAccount, { clockId });
  }
  const sent = { contactId, email, name, clockId };
  const key = insteadOf(`customer:${holderId}:${fingerprint([email, name, clockId])}`, lost);
  const { customerId } = await stripe.createCustomer(sent, key, stripeAccount);
  await keepAtStripe(em, holder, stripeAccount, { customerId });
  return customerId;
}
