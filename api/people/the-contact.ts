import type { Scoped } from '../../db/account-scope.ts';
import { Contact } from '../../db/entities/contact.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

type Call = Pick<AccountCall<{ contactId: string }, unknown, unknown>, 'em' | 'params'>;

/** The contact of this very id, whatever has become of it. @throws Problem 404 */
export async function theContactItself({ em, params }: Call): Promise<Contact> {
  const contact = await em.findOne(Contact, { id: params.contactId });
  if (!contact) throw notFound('contact');
  return contact;
}

/** The same, or the one of which it has become part. @throws Problem 404 */
export async function theContact(call: Call): Promise<Contact> {
  const contact = await theContactItself(call);
  return isMerged(contact) ? other(call.em, contact) : contact;
}

const isMerged = ({ mergedInto, erasedAt }: Contact): boolean => mergedInto !== null && erasedAt !== null;

const other = (em: Scoped, { mergedInto }: Contact): Promise<Contact> =>
  em.findOneOrFail(Contact, { id: mergedInto ?? '' });

/**
 * The contact of which something is to be written: locked until the transaction ends. Of somebody
 * who was erased, or merged into another, nothing is. @throws Problem 404, 409
 */
export async function lockedContact({ em, params }: Call): Promise<Contact> {
  const contact = await lockContactById(em, params.contactId);
  if (!contact) throw notFound('contact');
  if (contact.id !== params.contactId) throw hasBeenMerged(contact.id);
  if (contact.erasedAt) throw wrongState('This person has been erased already.');
  return contact;
}

/** A 409: everything about them is, or will soon be, about the other one. */
export const hasBeenMerged = (mergedInto: string): Problem =>
  new Problem(409, 'contact_merged', {
    detail: 'This contact has been merged into another one: ask for that.',
    mergedInto,
  });
