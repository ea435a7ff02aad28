import {
  keepTold,
  takeChangedContacts,
  tellTomorrow,
  type ChangedContact,
} from '../../db/people/contacts-at-stripe.ts';
import type { Orm } from '../../db/orm.ts';
import { log } from '../../log.ts';
import { StripeRefused, type StripeGateway } from '../gateways/stripe.ts';

export type CustomerDeps = { orm: Orm; gateway: Pick<StripeGateway, 'updateCustomer'> };

/**
 * Updates customers at Stripe whose contacts have changed, until Stripe has taken it [R22.7].
 * Returns how many. Safe at any time, by any number of workers.
 */
export async function updateCustomers({ orm, gateway }: CustomerDeps): Promise<number> {
  const em = orm.em.fork();
  let told = 0;
  for (const contact of await takeChangedContacts(em)) {
    const failures = await tellAll(contact, gateway);
    if (failures.length === 0) {
      await keepTold(em, contact);
      told += 1;
    } else if (failures.every((error) => error instanceof StripeRefused)) await tellTomorrow(em, contact);
    for (const error of failures) log.warn({ error, contactId: contact.id }, 'stripe.customer_not_updated');
  }
  return told;
}

/** What one Stripe account does not take keeps the others from nothing. */
async function tellAll(
  { customers, email, name }: ChangedContact,
  gateway: CustomerDeps['gateway'],
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const { customerId, stripeAccount } of customers)
    await gateway.updateCustomer({ customerId, email, name }, stripeAccount).catch((error) => failures.push(error));
  return failures;
}
