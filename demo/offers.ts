import type { DemoClient, Json } from './api-client.ts';

type Offers = { data: { id: string; name: string }[] };

const usd = (amountMinor: number) => ({ amountMinor, currency: 'usd' });

/** Paid in instalments, with calls and office hours; and paid once. */
const OFFERS = {
  plan: {
    name: 'Masterclass with calls',
    price: { kind: 'payment_plan', ...usd(14_900), instalments: 3 },
    credits: { perYear: 3, issue: 'period_start', validMonths: 12, callMinutes: 45 },
    officeHours: true,
  },
  once: { name: 'Sketchbook course', price: { kind: 'one_time', ...usd(9_900) }, accessDays: 365 },
} satisfies Record<string, Json>;

/** Ids of the offers that the demo account has besides those that it began with; made once. */
export async function addOffers(api: DemoClient): Promise<Record<keyof typeof OFFERS, string>> {
  const [known, products] = [await api.get<Offers>('/offers?limit=200'), await api.get<Offers>('/products?limit=200')];
  const productIds = products.data.map(({ id }) => id);
  const idOf = async (offer: Json): Promise<string> =>
    known.data.find(({ name }) => name === offer.name)?.id ??
    (await api.post<{ id: string }>('/offers', { ...offer, productIds })).id;
  return { plan: await idOf(OFFERS.plan), once: await idOf(OFFERS.once) };
}
