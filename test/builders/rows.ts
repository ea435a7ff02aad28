import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import { createAccount, type NewAccount } from '../../db/platform/create-account.ts';
import type { Price } from '../../workflows/domain/price.ts';
import { T0 } from './purchase.ts';

export { T0 };

export const MONTHLY = {
  kind: 'subscription',
  amountMinor: 2900,
  currency: 'usd',
  interval: 'month',
  trialDays: 0,
  setupFeeMinor: 0,
} as const satisfies Price;

/** A test account with its owner, by the name of Willow. */
export function anAccount(em: EntityManager, given: Partial<NewAccount> = {}) {
  return createAccount(em, {
    name: 'Willow',
    mode: 'test',
    timeZone: 'UTC',
    supportEmail: 'help@willow.example',
    ownerEmail: `owner-${uuid()}@willow.example`,
    passwordHash: null,
    now: T0,
    ...given,
  });
}

export async function aContact(em: EntityManager, accountId: string, given: Partial<Contact> = {}): Promise<string> {
  const id = given.id ?? uuid();
  const row = { accountId, email: `ada-${id}@example.com`, name: 'Ada', createdAt: T0 };
  await em.insert(Contact, { ...row, ...given, id });
  return id;
}

export async function aProduct(em: EntityManager, accountId: string, name = 'Course'): Promise<string> {
  const id = uuid();
  await em.insert(Product, { id, accountId, name, createdAt: T0 });
  return id;
}

/** A monthly offer of one product of its own, unless products are named. */
export async function anOffer(em: EntityManager, accountId: string, given: Partial<Offer> = {}) {
  const id = given.id ?? uuid();
  const productIds = given.productIds ?? [await aProduct(em, accountId)];
  const row = { accountId, name: 'Studio', price: MONTHLY, refundWindowDays: 30, emailsOff: [], createdAt: T0 };
  await em.insert(Offer, { ...row, ...given, id, productIds });
  return { offerId: id, productIds };
}
