import { describe, expect, test } from '@jest/globals';
import { nextCharge } from '../../../workflows/domain/charges.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { leftToPay } from '../../../workflows/domain/plan-ahead.ts';
import { startPurchase } from '../../../workflows/domain/start-purchase.ts';
import type { Price } from '../../../workflows/domain/price.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { aPlan, aPlanCheckout } from '../../builders/plan.ts';
import {
  aCheckout,
  aCheckoutOfOnce,
  aFree,
  after,
  aGrant,
  aOneTime,
  aPurchase,
  askedBy,
  T0,
} from '../../builders/purchase.ts';

type Terms = { accessDays: number | null; accessStartsAt: Instant | null };
const DAYS: Terms = { accessDays: 40, accessStartsAt: null };

/** A purchase of each kind with such terms: a kind of price that has none here does not compile. */
const KINDS: Record<Price['kind'] | 'grant', (terms: Terms) => PurchaseState> = {
  free: aFree,
  one_time: (terms) => aOneTime({ terms }),
  subscription: (terms) => aPurchase({ terms }),
  payment_plan: (terms) => aPlan({ terms }),
  grant: aGrant,
};

const KIND_ROWS = Object.entries(KINDS);

const datesOfMoney = (state: PurchaseState) => ({
  next: nextCharge(state),
  left: leftToPay(state),
  dues: dueList(state).filter(({ owner }) => owner === 'stripe'),
});

describe('days of access and their start are of every kind [R4.3]', () => {
  test.each(KIND_ROWS)('%s', (_kind, make) => {
    const later = addDays(T0, 10);

    expect(make(DAYS).access).toEqual({ startsAt: T0, endsAt: addDays(T0, 40) });
    expect(make({ ...DAYS, accessStartsAt: later }).access).toEqual({ startsAt: later, endsAt: addDays(later, 40) });
    expect(make({ accessDays: null, accessStartsAt: later }).access).toEqual({ startsAt: later, endsAt: null });
  });

  test.each([
    ['a plan', aPlanCheckout()],
    ['what is paid once', aCheckoutOfOnce()],
    ['a subscription', aCheckout()],
  ])('a start that has passed by then is the start of %s', (_kind, checkout) => {
    const terms = { ...checkout.terms, ...DAYS, accessStartsAt: addDays(T0, -5) };

    expect(startPurchase({ ...checkout, terms }, T0).access).toEqual({ startsAt: T0, endsAt: addDays(T0, 40) });
  });
});

describe('access is moved, and the dates and amounts of payments never are [R6]', () => {
  const moves = [
    ['access-start', { startsAt: addDays(T0, 3) }, { startsAt: addDays(T0, 3), endsAt: addDays(T0, 43) }],
    ['extend', { days: 5, until: null }, { startsAt: T0, endsAt: addDays(T0, 45) }],
    ['extend', { days: null, until: addDays(T0, 300) }, { startsAt: T0, endsAt: addDays(T0, 300) }],
  ] as const;
  const rows = KIND_ROWS.flatMap(([kind, make]) => moves.map((move) => [move[0], kind, make, ...move] as const));

  test.each(rows)('%s of %s', (_verb, _kind, make, verb, input, access) => {
    const state = make(DAYS);
    const context = askedBy(after(7200));

    expect(ask(verb, state, input, context)).toBeNull();
    const { next, writes, money } = plan(verb, state, input, context);

    expect(next.access).toEqual(access);
    expect(writes).toEqual([]);
    expect(money.filter(({ kind }) => kind !== 'charges_continue')).toEqual([]);
    expect(datesOfMoney(next)).toEqual(datesOfMoney(state));
    expect(next.billing).toEqual(state.billing);
  });
});
