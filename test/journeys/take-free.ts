import { eventually } from '../ground/eventually.ts';
import type { Offer, Site } from './a-site.ts';
import { town } from './use-town.ts';

/** As anybody does at the page of a free offer. */
export const askForFree = async (offer: Offer, email: string): Promise<number> =>
  (await town.client(null).post(`/v1/public/offers/${offer.id}/checkout`, { email, name: null })).status;

/** The tokens of the links to free offers that the person was mailed, the oldest first. */
export async function tokensFor(email: string): Promise<string[]> {
  const texts = (await town.mailbox.emails(email)).map(({ text }) => /take\?token=([\w-]+)/.exec(text ?? '')?.[1]);
  return texts.flatMap((token) => token ?? []);
}

export const tokenFor = (email: string): Promise<string> => eventually(async () => (await tokensFor(email))[0]);

export const take = (offer: Offer, token: string) =>
  town.client(null).post(`/v1/public/offers/${offer.id}/take`, { token });

export async function purchaseOf(site: Site, email: string) {
  const { data } = await site.must<{ data: { id: string; contact: { email: string } }[] }>(
    site.owner.get('/v1/purchases'),
  );
  return data.find(({ contact }) => contact.email === email);
}

/** From the page to the purchase. */
export async function takeFree(site: Site, offer: Offer): Promise<string> {
  const email = site.newEmail();
  await askForFree(offer, email);
  await site.must(take(offer, await tokenFor(email)));
  await site.quiet();
  const purchaseId = (await purchaseOf(site, email))?.id ?? '';
  site.purchases.push(purchaseId);
  return purchaseId;
}
