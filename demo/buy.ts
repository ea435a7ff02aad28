import type { DemoClient } from './api-client.ts';

export type Buyer = { email: string; name: string; card?: string | undefined };
export type Bought = { billingStatus: string; startedAt: string | null; payments: { id: string }[] };

type Offers = { data: { id: string; price: { interval?: string } }[] };

/** Ids of the offers that the demo account sells by the month and by the year. */
export async function offersOf(api: DemoClient): Promise<Record<'month' | 'year', string>> {
  const { data } = await api.get<Offers>('/offers?limit=200');
  const by = (interval: string): string => {
    const found = data.find(({ price }) => price.interval === interval);
    if (!found) throw new Error(`the demo account has no offer by the ${interval}`);
    return found.id;
  };
  return { month: by('month'), year: by('year') };
}

/** Pays for an offer as a person would; the id of the purchase, once `isThere` is so of it. */
export async function buy(
  api: DemoClient,
  offerId: string,
  { card, ...person }: Buyer,
  isThere: (bought: Bought) => boolean,
): Promise<string> {
  const { purchaseId, url } = await api.post<{ purchaseId: string; url: string }>('/checkouts', { offerId, ...person });
  await api.pay(url, card);
  await api.until<Bought>(`the purchase of ${person.email}`, `/purchases/${purchaseId}`, isThere);
  return purchaseId;
}

export const isPaid = ({ startedAt, payments }: Bought): boolean => startedAt !== null && payments.length > 0;
export const isStarted = ({ startedAt }: Bought): boolean => startedAt !== null;
