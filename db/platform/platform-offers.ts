import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { CreditRule } from '../../workflows/domain/credits/rule.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Quotas } from '../../workflows/domain/quotas.ts';
import { Offer } from '../entities/offer.ts';
import { Product } from '../entities/product.ts';

/** In which the platform's plans are: an account has one of them [R18.1]. */
export const PLAN_GROUP = 'plan';

/** In which the add-on's two offers are: it changes from one to the other with its plan [R19.1]. */
export const ACCESS_GROUP = 'access';

/** How often plans and the add-on are billed. */
export const PLAN_INTERVALS = ['month', 'year'] as const;
export type PlanInterval = (typeof PLAN_INTERVALS)[number];
type Amounts = Record<PlanInterval, number>;

type Plan = { name: string; amounts: Amounts; quotas: Quotas };

/** What the platform begins with; from then on its offers are edited like any account's [R18.1]. */
const PLANS: readonly Plan[] = [
  {
    name: 'Basic',
    amounts: { month: 14_900, year: 12 * 11_900 },
    quotas: { products: 3, pipelines: 3, websites: 1, admins: 1, activeCustomers: 1_000, contacts: 10_000 },
  },
  {
    name: 'Growth',
    amounts: { month: 19_900, year: 12 * 15_900 },
    quotas: { products: 15, pipelines: 15, websites: 1, admins: 10, activeCustomers: 10_000, contacts: 25_000 },
  },
  {
    name: 'Pro',
    amounts: { month: 39_900, year: 12 * 31_900 },
    quotas: { products: 100, pipelines: 100, websites: 3, admins: 25, activeCustomers: 20_000, contacts: 100_000 },
  },
];

/** Beside its calls and office hours [R19.2]. */
const GIVES = { officeHours: true, features: ['code_editor', 'early_access'], quotaFactor: 2 };

const ACCESS: Amounts = { month: 9_900, year: 12 * 9_900 };

/** Six calls a year, at once where the year is paid up front [R19.3]. */
const CREDITS: Record<PlanInterval, CreditRule> = {
  month: { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 },
  year: { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 },
};

const BILLED: Record<PlanInterval, string> = { month: 'monthly', year: 'yearly' };

type Platform = { accountId: string; now: Instant };

/** The plans and the add-on, each by the month and by the year. */
export async function makePlatformOffers(tx: EntityManager, platform: Platform): Promise<void> {
  const requires: string[] = [];
  for (const { name, amounts, quotas } of PLANS) {
    const productId = await makeProduct(tx, platform, name);
    for (const interval of PLAN_INTERVALS) {
      const offer = {
        name: offerName(name, interval),
        price: priceOf(amounts, interval),
        groupName: PLAN_GROUP,
        quotas,
      };
      requires.push(await makeOffer(tx, platform, { ...offer, productIds: [productId] }));
    }
  }
  const productIds = [await makeProduct(tx, platform, 'Access')];
  for (const interval of PLAN_INTERVALS) {
    const offer = { name: offerName('Access', interval), price: priceOf(ACCESS, interval), groupName: ACCESS_GROUP };
    const given = { ...GIVES, credits: CREDITS[interval], cancelBy: 'request' as const, refundWindowOnce: true };
    await makeOffer(tx, platform, { ...offer, ...given, productIds, requires });
  }
}

const offerName = (name: string, interval: PlanInterval): string => `${name}, ${BILLED[interval]}`;

const priceOf = (amounts: Amounts, interval: PlanInterval): Offer['price'] => ({
  kind: 'subscription',
  amountMinor: amounts[interval],
  currency: 'usd',
  interval,
  trialDays: 0,
  setupFeeMinor: 0,
});

async function makeProduct(tx: EntityManager, { accountId, now }: Platform, name: string): Promise<string> {
  const id = uuid();
  await tx.insert(Product, { id, accountId, name, archivedAt: null, createdAt: now });
  return id;
}

type NewOffer = Pick<Offer, 'name' | 'price' | 'productIds' | 'groupName'> & Partial<Offer>;

async function makeOffer(tx: EntityManager, { accountId, now }: Platform, offer: NewOffer): Promise<string> {
  const id = uuid();
  const unset = { refundWindowDays: 30, accessDays: null, accessStartsAt: null, emailsOff: [], archivedAt: null };
  await tx.insert(Offer, { ...unset, ...offer, id, accountId, createdAt: now });
  return id;
}
