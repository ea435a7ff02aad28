import type Stripe from 'stripe';
import { intervalOf, setupFeeMinorOf } from '../../../workflows/domain/price.ts';
import { reading, writing } from './call.ts';
import { orNull } from './failures.ts';
import type { Account, CustomerChange, CustomerInput, PriceIds, PriceInput } from './gateway.ts';
import { make } from './make.ts';

/**
 * An offer's product and price at Stripe, and a one-off price for its setup fee, which Checkout
 * shows as a line of its own.
 */
export async function createPrice(stripe: Stripe, input: PriceInput, key: string, account: Account): Promise<PriceIds> {
  const { offerId, name, price } = input;
  const { amountMinor, currency } = price;
  const interval = intervalOf(price);
  const setupFeeMinor = setupFeeMinorOf(price);
  const metadata = { offerId };
  const product = await make(stripe, `${key}:product`, (once) =>
    stripe.products.create({ name, metadata }, writing(once, account)),
  );
  const params: Stripe.PriceCreateParams = {
    product: product.id,
    currency,
    unit_amount: amountMinor,
    metadata,
    ...(interval && { recurring: { interval } }),
  };
  const { id: stripePriceId } = await make(stripe, `${key}:price`, (once) =>
    stripe.prices.create(params, writing(once, account)),
  );
  if (setupFeeMinor === 0) return { stripeProductId: product.id, stripePriceId, stripeFeePriceId: null };
  const product_data = { name: `${name}: setup fee`, metadata };
  const fee = { product_data, currency, unit_amount: setupFeeMinor, metadata };
  const { id: stripeFeePriceId } = await make(stripe, `${key}:fee`, (once) =>
    stripe.prices.create(fee, writing(once, account)),
  );
  return { stripeProductId: product.id, stripePriceId, stripeFeePriceId };
}

/** A contact as Stripe's customer. */
export async function createCustomer(
  stripe: Stripe,
  { contactId, email, name, clockId }: CustomerInput,
  key: string,
  account: Account,
): Promise<{ customerId: string }> {
  const params = { email, metadata: { contactId }, ...(name && { name }), ...(clockId && { test_clock: clockId }) };
  const { id } = await make(stripe, key, (once) => stripe.customers.create(params, writing(once, account)));
  return { customerId: id };
}

/** A customer that is gone already is left alone. */
export async function deleteCustomer(stripe: Stripe, customerId: string, account: Account): Promise<void> {
  await orNull(stripe.customers.del(customerId, {}, reading(account)));
}

/** A customer's current email and name. Repeating it changes nothing, so it needs no key. */
export async function updateCustomer(
  stripe: Stripe,
  { customerId, email, name }: CustomerChange,
  account: Account,
): Promise<void> {
  await orNull(stripe.customers.update(customerId, { email, name: name ?? '' }, reading(account)));
}
