import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orNull } from './failures.ts';
import type { Account, SoldWith } from './gateway.ts';

/**
 * Whether Stripe still has and sells what a checkout is made of: a customer may be deleted there,
 * and a price or product archived.
 */
export async function stillSells(
  stripe: Stripe,
  { customerId, priceIds }: SoldWith,
  account: Account,
): Promise<{ customer: boolean; price: boolean }> {
  const customer = await orNull(stripe.customers.retrieve(customerId, {}, reading(account)));
  let price = true;
  for (const id of priceIds) {
    const found = await orNull(stripe.prices.retrieve(id, { expand: ['product'] }, reading(account)));
    const product = found?.product;
    const isSold = typeof product === 'object' && !product.deleted && product.active;
    price &&= found?.active === true && isSold;
  }
  return { customer: customer !== null && !customer.deleted, price };
}
