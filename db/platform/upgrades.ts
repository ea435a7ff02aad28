import type { EntityManager } from '@mikro-orm/postgresql';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { intervalOf, isOpenEnded, soldPerPeriod } from '../../workflows/domain/price.ts';
import { entitlementOf, givesQuotas, type Entitled } from '../../workflows/domain/quotas.ts';
import { selfChangeTo } from '../../workflows/domain/self-change.ts';
import type { Scoped } from '../account-scope.ts';
import { termsOf } from '../catalog/terms-of.ts';
import { Offer } from '../entities/offer.ts';
import { query, sql } from '../sql.ts';
import { entitledNow, givingsOf } from './entitlements.ts';

/** Another offer to which an account may change its plan, and what it would have with it. */
export type PlanChange = { offer: Offer; when: 'now' | 'period_end'; entitled: Entitled };

type Plan = { id: string; account_id: string; terms: OfferTerms };

/** What its plan may become: as often billed first, then the cheapest; [] without one [R26.4]. */
export async function planChanges(em: EntityManager, accountId: string): Promise<PlanChange[]> {
  const [plan] = await query<Plan>(
    em,
    sql`select id, account_id, snapshot -> 'terms' as terms from purchases
      where holder_id = ${accountId} and for_account_id is not null and entitlement -> 'quotas' <> '{}'
        and started_at is not null and (is_live or origin = 'granted')
      order by is_live desc, started_at desc limit 1`,
  );
  if (!plan?.terms.group) return [];
  const sold = { accountId: plan.account_id, groupName: plan.terms.group, archivedAt: null };
  const offers = await em.fork({ keepTransactionContext: true }).find(Offer, sold, { filters: { account: false } });
  const givings = await givingsOf(em, accountId);
  return offers
    .flatMap((offer) => {
      const when = selfChangeTo(plan.terms, termsOf(offer), 'all');
      const instead = { purchaseId: plan.id, entitlement: entitlementOf(offer) };
      return when ? [{ offer, when, entitled: entitledNow(givings, instead) }] : [];
    })
    .sort((a, b) => Number(isOther(a, plan)) - Number(isOther(b, plan)) || amountOf(a) - amountOf(b));
}

const isOther = ({ offer }: PlanChange, { terms }: Plan): boolean =>
  intervalOf(offer.price) !== intervalOf(terms.price);

const amountOf = ({ offer: { price } }: PlanChange): number => soldPerPeriod(price)?.amountMinor ?? 0;

/** Plans that an account without one may buy, the cheapest first; asked inside the platform. */
export async function plansForSale(em: Scoped): Promise<PlanChange[]> {
  const offers = await em.find(Offer, { groupName: { $ne: null }, archivedAt: null });
  return offers
    .flatMap((offer) => {
      const given = entitlementOf(offer);
      return given && givesQuotas(given) && isOpenEnded(offer.price)
        ? [{ offer, when: 'now' as const, entitled: given }]
        : [];
    })
    .sort((a, b) => amountOf(a) - amountOf(b));
}

/** The cheapest of them that has room for so many; null = none has. */
export const upgradeFor = (changes: readonly PlanChange[], quota: string, needed: number): Offer | null =>
  changes.find(({ entitled: { quotas }, when }) => when === 'now' && (quotas[quota] ?? needed) >= needed)?.offer ??
  null;
