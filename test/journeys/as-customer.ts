import { createLoginToken } from '../../db/people/login-tokens.ts';
import type { Client } from '../api/a-client.ts';
import type { Site } from './a-site.ts';

/** What the link of a login email holds, for whoever has this purchase. */
export async function loginTokenOf(site: Site, purchaseId: string): Promise<string> {
  const { contactId } = await site.read(purchaseId);
  const { now } = await site.must<{ now: string }>(site.owner.get('/v1/test-clock'));
  const of = { accountId: site.accountId, contactId, kind: 'login', now } as const;
  return (await createLoginToken(site.town.deps.orm.em.fork(), of)).token;
}

/** Logged in as the customer of this purchase. */
export async function asCustomer(site: Site, purchaseId: string): Promise<Client> {
  const token = await loginTokenOf(site, purchaseId);
  const { body } = await site.town.client(null).post('/v1/login-links/exchange', { token });
  return site.town.client(body.token);
}
