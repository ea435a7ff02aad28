import type { Scoped } from '../account-scope.ts';
import { productsOf } from '../catalog/offers.ts';
import { Offer } from '../entities/offer.ts';
import { ACCESS_GROUP, PLAN_GROUP, type PlanInterval } from './platform-offers.ts';
import { slugOf } from './site-slugs.ts';

export type ByInterval = Record<PlanInterval, Offer | null>;

/** One of the platform's plans: a product, by the word that its name makes. */
export type Plan = { plan: string; name: string; description: string | null; offers: ByInterval };

/** What the platform sells to accounts; of two offers of one product and interval the newer one. */
export async function onSale(platform: Scoped): Promise<{ plans: Plan[]; access: ByInterval }> {
  const where = { groupName: { $in: [PLAN_GROUP, ACCESS_GROUP] }, archivedAt: null };
  const offers = await platform.find(Offer, where, { orderBy: { id: 'asc' } });
  const products = await productsOf(platform, offers);
  const plans = offers.filter(({ groupName }) => groupName === PLAN_GROUP);
  const byProduct = [...Map.groupBy(plans, ({ productIds: [first] }) => first ?? '')];
  return {
    plans: byProduct.map(([productId, ofProduct]) => {
      const { name = '', description = null } = products.get(productId) ?? {};
      return { plan: slugOf(name), name, description, offers: byInterval(ofProduct) };
    }),
    access: byInterval(offers.filter(({ groupName }) => groupName === ACCESS_GROUP)),
  };
}

function byInterval(offers: readonly Offer[]): ByInterval {
  const newest = (interval: PlanInterval) =>
    offers.findLast(({ price }) => 'interval' in price && price.interval === interval) ?? null;
  return { month: newest('month'), year: newest('year') };
}
