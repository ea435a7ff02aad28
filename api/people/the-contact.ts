import { Contact } from '../../db/entities/contact.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { notFound, wrongState } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

type Call = Pick<AccountCall<{ contactId: string }, unknown, unknown>, 'em' | 'params'>;

/** @throws Problem 404 */
export async function theContact({ em, params }: Call): Promise<Contact> {
  const contact = await em.findOne(Contact, { id: params.contactId });
  if (!contact) throw notFound('contact');
  return contact;
}

/**
 * The same, of which something is to be written: locked until the transaction ends. Of somebody who
 * was erased nothing is. @throws Problem 404, 409
 */
export async function lockedContact({ em, params }: Call): Promise<Contact> {
  const contact = await lockContactById(em, params.contactId);
  if (!contact) throw notFound('contact');
  if (contact.erasedAt) throw wrongState('This person has been erased already.');
  return contact;
}
