import type { Scoped } from '../account-scope.ts';
import { partsOf } from '../matching.ts';
import { meantBy, type SearchKind } from '../../workflows/domain/search.ts';
import { expertsWith, findCalls, type CallFound } from './calls.ts';
import { findEmails, type EmailFound } from './emails.ts';
import { findOffers, offersWith, type OfferFound } from './offers.ts';
import { findPayments, type PaymentFound } from './payments.ts';
import { contactsOf, namedPeople, peopleWith, type ContactFound } from './people.ts';
import { findPurchases, type PurchaseFound } from './purchases.ts';
import type { By, Found, Search } from './search.ts';

export type RowOf = {
  contact: ContactFound;
  purchase: PurchaseFound;
  payment: PaymentFound;
  offer: OfferFound;
  email: EmailFound;
  call: CallFound;
};

/** What was found of each kind that was asked for. */
export type Results = { [Kind in SearchKind]?: Found<RowOf[Kind]> };

/**
 * Everything of an account that somebody may have meant, up to `most` of each kind: what an id
 * names first, then what begins with the words, then what has them. Where somebody is named
 * exactly, purchases, payments, emails and calls are theirs alone. Asked side by side, each on a
 * connection of its own.
 */
export async function find(
  em: Scoped,
  typed: string,
  { kinds, most }: { kinds: readonly SearchKind[]; most: number },
): Promise<Results> {
  const search: Search = { parts: await partsOf(em, typed), meant: meantBy(typed), most };
  const [named, alike, offers, experts] = await Promise.all([
    namedPeople(em, search.meant),
    peopleWith(em, search.parts),
    offersWith(em, search.parts),
    kinds.includes('call') ? expertsWith(em, search.parts) : [],
  ]);
  const people = [...new Set([...named, ...alike])];
  const by: By = { people: named.length > 0 ? named : people, offers, experts };
  const ways: { [Kind in SearchKind]: () => Promise<Found<RowOf[Kind]>> } = {
    contact: () => contactsOf(em, people, most),
    purchase: () => findPurchases(em, search, by),
    payment: () => findPayments(em, search, by),
    offer: () => findOffers(em, search, by.offers),
    email: () => findEmails(em, search, by),
    call: () => findCalls(em, search, by),
  };
  const found = await Promise.all(kinds.map(async (kind) => [kind, await ways[kind]()] as const));
  return Object.fromEntries(found);
}
