import { customersOf } from '../../db/money/customer-at-stripe.ts';
import { eraseContact } from '../../db/people/erase-contact.ts';
import { endInVain, erasable, type Erasable } from '../../db/people/erasures.ts';
import { openCheckoutsOf } from '../../db/purchase/ended-checkouts.ts';
import { log } from '../../log.ts';
import type { StripeGateway } from '../gateways/stripe.ts';
import { endCheckout, type EndCheckoutDeps } from '../purchase/end-checkouts.ts';

export type EraseDeps = EndCheckoutDeps & { gateway: Pick<StripeGateway, 'deleteCustomer'> };

/**
 * Erases those of whom everything has ended: first at Stripe, then here, so that what fails is done
 * again as a whole [R3.9]. Returns how many. Safe at any time, by any number of workers.
 */
export async function eraseContacts(deps: EraseDeps): Promise<number> {
  let erased = 0;
  for (const one of await erasable(deps.orm.em.fork())) {
    try {
      if (await eraseOne(deps, one)) erased += 1;
    } catch (error) {
      log.warn({ contactId: one.contactId, error }, 'contact.not_erased');
    }
  }
  return erased;
}

async function eraseOne(deps: EraseDeps, { contactId, accountId, hasCome }: Erasable): Promise<boolean> {
  const em = deps.orm.em.fork();
  if (hasCome) {
    await endInVain(em, contactId);
    log.warn({ contactId }, 'contact.came_back');
    return false;
  }
  for (const checkout of await openCheckoutsOf(em, contactId)) {
    // Somebody has just paid: it is a purchase in a moment, and is seen with the next look.
    if ((await endCheckout(deps, checkout)) !== 'expired') return false;
  }
  for (const { customerId, stripeAccount } of await customersOf(em, { id: contactId, accountId }))
    await deps.gateway.deleteCustomer(customerId, stripeAccount);
  await eraseContact(em, { contactId, accountId });
  log.info({ contactId }, 'contact.erased');
  return true;
}
