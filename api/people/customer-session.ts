import type { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { siteUrl } from '../platform/site-url.ts';
import type { sessionSchema } from './customer-schema.ts';

export type SessionDeps = { publicUrl: string };

/** Logs a customer in, and says at which site. */
export async function beginCustomerSession(
  em: Unscoped,
  contact: Contact,
  { publicUrl }: SessionDeps,
  begun: { byLink?: boolean; byPasskey?: boolean } = {},
): Promise<z.input<typeof sessionSchema>> {
  const { id: contactId, accountId } = contact;
  const account = await em.findOneOrFail(Account, { id: accountId });
  const session = await beginSession(em, { contactId }, begun);
  await recordOwn(em, contact, 'login', nowOf(account));
  return { ...session, contactId, accountId, siteUrl: siteUrl(publicUrl, account) };
}
