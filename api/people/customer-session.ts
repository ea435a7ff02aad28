import type { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { Account } from '../../db/entities/account.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { siteUrl } from '../platform/site-url.ts';
import type { sessionSchema } from './customer-schema.ts';

export type SessionDeps = { publicUrl: string };

/** Logs a customer in, and says at which site. */
export async function beginCustomerSession(
  em: Unscoped,
  { id: contactId, accountId }: Contact,
  { publicUrl }: SessionDeps,
  { byLink = false } = {},
): Promise<z.input<typeof sessionSchema>> {
  const account = await em.findOneOrFail(Account, { id: accountId });
  const session = await beginSession(em, { contactId }, { byLink });
  return { ...session, contactId, accountId, siteUrl: siteUrl(publicUrl, account) };
}
