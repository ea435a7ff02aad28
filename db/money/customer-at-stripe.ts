import type { EntityManager } from '@mikro-orm/postgresql';
import { AccountCustomer } from '../entities/account-customer.ts';
import { Contact } from '../entities/contact.ts';
import type { Purchase } from '../entities/purchase.ts';
import type { Holder } from '../purchase/holder.ts';

/** Who is charged at Stripe, and in a test account the clock that they live by there. */
export type CustomerAtStripe = { customerId: string | null; clockId: string | null };

const NOBODY_YET: CustomerAtStripe = { customerId: null, clockId: null };

type Place = { accountId: string; forAccountId: string };
const placeOf = ({ contact }: Holder, forAccountId: string): Place => ({ accountId: contact.accountId, forAccountId });

/** The customer of a holder: an account has one of its own. */
export async function customerAtStripe(em: EntityManager, holder: Holder): Promise<CustomerAtStripe> {
  const { contact, forAccountId } = holder;
  if (forAccountId === null) return { customerId: contact.stripeCustomerId, clockId: contact.stripeClockId };
  const found = await em.findOne(AccountCustomer, placeOf(holder, forAccountId));
  return found ? { customerId: found.stripeCustomerId, clockId: found.stripeClockId } : NOBODY_YET;
}

/** Keeps what was made at Stripe; what is left out stays. */
export async function keepAtStripe(em: EntityManager, holder: Holder, made: Partial<CustomerAtStripe>): Promise<void> {
  const { contact, forAccountId } = holder;
  const { customerId, clockId } = made;
  const kept = {
    ...(customerId !== undefined && { stripeCustomerId: customerId }),
    ...(clockId !== undefined && { stripeClockId: clockId }),
  };
  if (forAccountId === null) await em.nativeUpdate(Contact, { id: contact.id }, kept);
  else await em.upsert(AccountCustomer, { ...placeOf(holder, forAccountId), contactId: contact.id, ...kept });
}

/** Whom a purchase is charged to at Stripe; null = nobody was ever made there. */
export async function customerOfPurchase(
  em: EntityManager,
  { contactId, forAccountId }: Pick<Purchase, 'contactId' | 'forAccountId'>,
): Promise<string | null> {
  const contact = await em.findOneOrFail(Contact, { id: contactId });
  return (await customerAtStripe(em, { contact, forAccountId })).customerId;
}
