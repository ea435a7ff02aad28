import type { z } from 'zod';
import { accountIdOf, type Scoped } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { activeCustomers } from '../../db/people/active-customers.ts';
import { entitlementsOf, type Entitlements } from '../../db/platform/entitlements.ts';
import { enterPlatform, planFor, type AtPlatform } from '../../db/platform/for-account.ts';
import { quotaUses } from '../../db/platform/quota-uses.ts';
import { planChanges, plansForSale, type PlanChange } from '../../db/platform/upgrades.ts';
import {
  cancellationOf,
  endOf,
  heldChangeOf,
  pendingChangeOf,
  periodEndOf,
} from '../../workflows/domain/billing-parts.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { nextCharge } from '../../workflows/domain/charges.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Uses } from '../../workflows/domain/kept-content.ts';
import { EVERYBODY, MONEY_READERS } from '../auth/roles.ts';
import { defineRoute } from '../http/route.ts';
import { accountFeatures, accountPlan } from './plan-schema.ts';

const tag = 'Account';

type ApiPlan = z.input<typeof accountPlan>;

/** Counted only where people read the plan: features are asked often. */
const NOT_KEPT = ['activeCustomers'];

/** How many are used of a quota; null = they have not been counted. */
export const usedOf = (uses: Uses, quota: string): number | null =>
  uses[quota] ?? (NOT_KEPT.includes(quota) ? null : 0);

async function toApiEntitled(em: Scoped, { features, quotas, until }: Entitlements, besides: Uses = {}) {
  const uses = { ...(await quotaUses(em, accountIdOf(em))), ...besides };
  const counted = Object.entries(quotas).map(([name, limit]) => [name, { limit, used: usedOf(uses, name) }] as const);
  return { features, until, quotas: Object.fromEntries(counted) };
}

const features = defineRoute({
  method: 'get',
  path: '/v1/account/features',
  tag,
  operationId: 'getAccountFeatures',
  summary: 'Read what the account may use and make: features, quotas with their use, and until when',
  roles: EVERYBODY,
  answers: { 200: accountFeatures },
  async handle({ em, account }) {
    const entitlements = await entitlementsOf(em, account.id);
    return { status: 200, body: { ...(await toApiEntitled(em, entitlements)), plan: entitlements.plan } };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/account/plan',
  tag,
  operationId: 'getAccountPlan',
  summary: "Read the account's plan: what it costs and gives, its use, and what it may become",
  roles: MONEY_READERS,
  answers: { 200: accountPlan },
  handle: async ({ em, now }) => ({ status: 200, body: await toApiAccountPlan(em, now) }),
});

export async function toApiAccountPlan(em: Scoped, now: Instant): Promise<ApiPlan> {
  const accountId = accountIdOf(em);
  const at = await enterPlatform(em);
  const plan = at && (await planFor(at));
  const counted = { activeCustomers: await activeCustomers(em, accountId, now) };
  const entitled = await toApiEntitled(em, await entitlementsOf(em, accountId), counted);
  const choices = at && hasNoPlan(plan) ? await plansForSale(at.em) : await planChanges(em, accountId);
  return { ...entitled, plan: plan && (await toApiPlan(at, plan)), choices: choices.map(toApiChoice) };
}

/** It never had one, or the last has ended: one can be bought. */
export const hasNoPlan = (plan: Purchase | null): boolean => plan === null || endOf(plan.snapshot.billing) !== null;

const toApiChoice = ({ offer: { id, name, price }, when, entitled }: PlanChange) => {
  const { quotas, features: given } = entitled;
  return { id, name, price, when, quotas, features: given };
};

async function toApiPlan({ em }: AtPlatform, { id, offerId, snapshot: state }: Purchase): Promise<ApiPlan['plan']> {
  const { billing, terms } = state;
  const held = heldChangeOf(billing);
  const change = held ?? pendingChangeOf(billing);
  const offers = await em.find(Offer, { id: { $in: change ? [offerId, change.terms.offerId] : [offerId] } });
  const named = (of: string) => ({ id: of, name: offers.find((offer) => offer.id === of)?.name ?? '' });
  return {
    purchaseId: id,
    offer: named(offerId),
    price: terms.price,
    status: billingStatus(billing),
    periodEnd: periodEndOf(billing),
    cancelAt: cancellationOf(billing)?.at ?? null,
    nextCharge: nextCharge(state) ?? null,
    change: change && { offer: named(change.terms.offerId), at: change.at, awaitsContent: held !== null },
  };
}

export const accountPlanRoutes = { features, read };
