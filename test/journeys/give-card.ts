import { eventually } from '../ground/eventually.ts';
import type { Site } from './a-site.ts';
import { town } from './use-town.ts';

/** As if the bank had blocked the card, or the customer had given another one at Stripe. */
export async function giveCard(site: Site, purchaseId: string, token: string): Promise<string> {
  const { stripe } = town.sandbox;
  const subscriptionId = await site.subscriptionOf(purchaseId);
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId);
  const card = await stripe.paymentMethods.attach(token, { customer: customer as string });
  await stripe.customers.update(customer as string, { invoice_settings: { default_payment_method: card.id } });
  await stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
  return card.id;
}

/** What is past due is tried with it at once [R11.5]. */
export async function giveGoodCard(site: Site, purchaseId: string): Promise<void> {
  await giveCard(site, purchaseId, 'pm_card_visa');
  await eventually(async () => (await site.read(purchaseId)).billingStatus !== 'past_due');
  await site.quiet();
}
