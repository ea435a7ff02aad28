import type Stripe from 'stripe';
import { writing } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, CustomerInput, PriceIds, PriceInput } from './gateway.ts';

/** An offer's product and price at Stripe, and a one-off price for its setup fee, which Checkout shows as a line of its own. */
export async function createPrice(stripe: Stripe, input: PriceInput, key: string, account: Account): Promise<PriceIds> {
  const { offerId, name, price } = input;
  const { amountMinor, currency, interval, setupFeeMinor } = price;
  const metadata = { offerId };
  const product = await orThrow(stripe.products.create({ name, metadata }, writing(`${key}:product`, account)));
  const recurring = { product: product.id, currency, unit_amount: amountMinor, recurring: { interval }, metadata };
  const { id: stripePriceId } = await orThrow(stripe.prices.create(recurring, writing(`${key}:price`, account)));
  if (setupFeeMinor === 0) return { stripeProductId: product.id, stripePriceId, stripeFeePriceId: null };
  const product_data = { name: `${name}: setup fee`, metadata };
  const fee = { product_data, currency, unit_amount: setupFeeMinor, metadata };
  const { id: stripeFeePriceId } = await orThrow(stripe.prices.create(fee, writing(`${key}:fee`, account)));
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
  const { id } = await orThrow(stripe.customers.create(params, writing(key, account)));
  return { customerId: id };
}
