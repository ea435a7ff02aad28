import { accessStatus, productAccess, type BlockSource, type ProductAccess } from '../domain/access.ts';
import { periodEndOf } from '../domain/billing-parts.ts';
import { billingStatus, isLive, nextChargeAt, type BillingStatus } from '../domain/billing.ts';
import { upcoming, type Due } from '../domain/due.ts';
import { fromMs, toMs, type Instant } from '../domain/instant.ts';
import type { MoneyEffect, Recipient } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { AccessStatus } from '../domain/standing.ts';
import type { PlannedName } from '../domain/verb.ts';
import { creditEffect, hashedCredits, withoutOwnDates, type CreditEffect } from './credit-effect.ts';
import { callEffects, type CallEffect } from './call-effects.ts';
import { digest } from './digest.ts';
import { plan, type Plan } from './plan.ts';
import type { VerbContext } from './verb.ts';

export const WARNINGS = ['billing_continues_without_access', 'access_continues_without_billing'] as const;
export type Warning = (typeof WARNINGS)[number];

/** What people read about a purchase before and after a verb. */
export type Facets = {
  billingStatus: BillingStatus;
  accessStatus: AccessStatus;
  products: { productId: string; open: boolean; blocks: BlockSource[]; until: Instant | null }[];
  nextChargeAt: Instant | null;
  cancelAt: Instant | null;
  resumeAt: Instant | null;
  due: Due[];
};

/**
 * What a verb will do, asked with `dryRun` [R6.5]. Nothing is done, and doing it later does exactly
 * this.
 */
export type Preview = {
  verb: PlannedName;
  planHash: string;
  version: number;
  money: MoneyEffect[];
  emails: { kind: string; to: Recipient }[];
  /** null = neither offer gives any. */
  credits: CreditEffect | null;
  /** What becomes of calls and seats. */
  calls: CallEffect[];
  warnings: Warning[];
  before: Facets;
  after: Facets;
};

export function preview(name: PlannedName, state: PurchaseState, input: unknown, context: VerbContext): Preview {
  const planned = plan(name, state, input, context);
  return {
    verb: name,
    planHash: hashOf(name, state, planned, context.now),
    version: state.version,
    money: planned.money,
    emails: [...planned.emails, ...planned.follows.emails].map(({ kind, to }) => ({ kind, to })),
    credits: creditEffect(state, planned, context.now),
    calls: callEffects(state, planned.next, context.now),
    warnings: warningsOf(planned.next, context.now),
    before: facets(state, context.now),
    after: facets(planned.next, context.now),
  };
}

export function facets(state: PurchaseState, now: Instant): Facets {
  const { billing } = state;
  const products = productAccess(state, now).map(({ blocks, ...product }) => ({
    ...product,
    blocks: blocks.map(({ source }) => source),
  }));
  return {
    billingStatus: billingStatus(billing),
    accessStatus: accessStatus(state, now),
    products,
    nextChargeAt: nextChargeAt(billing),
    cancelAt: isLive(billing) ? (billing.cancellation?.at ?? null) : null,
    resumeAt: isLive(billing) ? (billing.pause?.resumeAt ?? null) : null,
    due: upcoming(state, now),
  };
}

/** Warns where one axis goes on without the other [R6.3]. */
export function warningsOf(state: PurchaseState, now: Instant): Warning[] {
  if (state.startedAt === null) return [];
  const isCharged = nextChargeAt(state.billing) !== null;
  if (isCharged && productAccess(state, now).some(isGone)) return ['billing_continues_without_access'];
  const access = accessStatus(state, now);
  return billingStatus(state.billing) === 'canceled' && access !== 'none' ? ['access_continues_without_billing'] : [];
}

/** Access that has not started yet is not lost. */
const isGone = ({ blocks }: ProductAccess): boolean => blocks.some(({ source }) => source !== 'not_started');

/**
 * Equal for equal effects. Instants that only say "now" are left out, so that passing time makes no
 * preview stale.
 */
export function hashOf(name: PlannedName, state: PurchaseState, planned: Plan, now: Instant): string {
  const { emails, writes, next } = planned;
  const effects = [
    name,
    writes,
    hashedMoney(planned, state),
    emails.map(({ kind, to }) => [kind, to]),
    withoutOwnDates(facets(state, now)),
    withoutOwnDates(facets(next, now)),
    ...hashedCredits(planned, now),
    ...callEffects(state, next, now).map(withoutNewId),
  ];
  const asOf = writes.find((write) => write.op === 'changePrice')?.asOf;
  const text = JSON.stringify(effects);
  // Stripe's figures hold as of this instant: whoever does what was shown asks by it again.
  if (asOf) return `${digest(text)}.${toMs(asOf) / 1000}`;
  const closesAt = state.refundWindow === null && next.refundWindow?.opensAt === now && next.refundWindow.closesAt;
  return digest((closesAt ? text.replaceAll(closesAt, 'the window') : text).replaceAll(now, 'now'));
}

/** What is booked has the id of its command, which a preview is another one than. */
const withoutNewId = (effect: CallEffect): object => (effect.change === 'booked' ? { ...effect, id: null } : effect);

/** The instant as of which a preview had its figures; null = it depends on none. */
export function asOfPlan(planHash: string | null): Instant | null {
  const seconds = Number(planHash?.split('.')[1] ?? NaN);
  return Number.isSafeInteger(seconds) && seconds > 0 && seconds < 1e11 ? fromMs(seconds * 1000) : null;
}

const FOLLOWS_FROM_DATE = ['charge', 'further_charges', 'prorated_last_charge', 'discount_runs_on'];

/**
 * Charges until a cancellation follow from its date and the period, and so does what runs on in a
 * pause. Version 0.1 hashed those two, and a running history is replayed with the hash that it
 * accepted.
 */
function hashedMoney({ money, writes }: Plan, { billing }: PurchaseState): object[] {
  const end = writes.find((write) => write.op === 'cancelAt');
  const periodEnd = periodEndOf(billing);
  const last =
    end && periodEnd && end.at > periodEnd ? [{ kind: 'prorated_last_charge', at: periodEnd, until: end.at }] : [];
  return money
    .filter(({ kind }) => !FOLLOWS_FROM_DATE.includes(kind))
    .flatMap<object>((effect) => (effect.kind === 'no_more_charges' ? [effect, ...last] : [effect]));
}
