import { keepTold, takeChangedContacts, tellTomorrow } from '../../db/people/contacts-at-stripe.ts';
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
    const { customerIds, email, name, stripeAccount } = contact;
    try {
      for (const customerId of customerIds) await gateway.updateCustomer({ customerId, email, name }, stripeAccount);
      await keepTold(em, contact);
      told += 1;
    } catch (error) {
      if (error instanceof StripeRefused) await tellTomorrow(em, contact);
      log.warn({ error, contactId: contact.id }, 'stripe.customer_not_updated');
    }
  }
  return told;
}
