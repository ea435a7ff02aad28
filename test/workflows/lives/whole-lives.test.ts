import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BLOCK_SOURCES, productAccess, reachPerProduct, type BlockSource } from '../../../workflows/domain/access.ts';
import { endOf, pauseOf } from '../../../workflows/domain/billing-parts.ts';
import { overdueOf } from '../../../workflows/domain/billing.ts';
import { addIntervals, INTERVALS } from '../../../workflows/domain/calendar.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import { fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';
import { sumMinor } from '../../../workflows/domain/money.ts';
import type { MoneyEffect } from '../../../workflows/domain/outcome.ts';
import { refundedMinor } from '../../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { facets, preview, type Preview } from '../../../workflows/verbs/preview.ts';
import { askedBy } from '../../builders/purchase.ts';
import { aWholeLife, begin, money, STARTS, type Asked, type Begun } from './any-life.ts';
import { isAsSaid } from './is-as-said.ts';
import type { Attempt } from './model-stripe.ts';

const HOUR_MS = 3_600_000;

/** What closes a product, source by source: each lifts by itself [R5.3]. */
function blocksOn({ billing, access, revoked }: PurchaseState, productId: string, now: Instant): BlockSource[] {
  const [pause, end] = [pauseOf(billing), endOf(billing)];
  const isPaused = pause !== null && (pause.resumeAt === null || now < pause.resumeAt);
  const holding: Record<BlockSource, boolean> = {
    revoked: revoked.some((block) => block.productId === productId),
    not_started: access !== null && now < access.startsAt,
    expired: access?.endsAt != null && access.endsAt <= now,
    suspended_by_pause: isPaused && pause.access === 'suspend',
    suspended_by_overdue: overdueOf(billing).some((one) => one.suspendsAccess && (one.suspendsAt ?? one.since) <= now),
    ended: end !== null && end.endsAccess,
  };
  return BLOCK_SOURCES.filter((source) => holding[source]);
}

function holds({ life, stripe }: Begun): void {
  const { state, now } = life;
  const paid = state.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(paid).toBe(stripe ? stripe.attempts.reduce((sum, one) => sum + (one.isPaid ? one.amountMinor : 0), 0) : paid);
  for (const payment of state.payments) expect(refundedMinor(payment)).toBeLessThanOrEqual(payment.amountMinor);
  const counted = instalmentsOf(state.billing);
  if (counted) expect(Math.max(state.payments.length, counted.paid)).toBeLessThanOrEqual(counted.total);
  for (const product of productAccess(state, now)) {
    expect(product.blocks.map(({ source }) => source).sort()).toEqual(blocksOn(state, product.productId, now).sort());
    expect(product.open).toBe(product.blocks.length === 0);
    expect(reachPerProduct([state], now).get(product.productId)?.access).toBe(product.open);
  }
  expect(dueList(state).filter((due) => due.at < now)).toEqual([]);
}

/** Does it, and it is what its preview said, unless the card is refused [R6.5]. */
function doAsked({ life, stripe }: Begun, [name, input]: Asked): void {
  const context = askedBy(life.now);
  const isLegal = ask(name, life.state, input, context) === null;
  const said = isLegal ? preview(name, life.state, input, context) : null;
  const before = facets(life.state, life.now);
  const attempts = stripe?.attempts.length ?? 0;
  life.ask(name, input);
  const tried = stripe?.attempts.slice(attempts) ?? [];
  const isDeclined = stripe?.cardWorks === false && CHARGING.includes(name);
  // What comes of another try is Stripe's word, which a preview does not know.
  if (name === 'retry-payment')
    expect(amountsOf(tried)).toEqual(said && stripe?.cardWorks ? amountsIn(said, 'charge_attempt') : []);
  else if (said && !isDeclined) expect(facets(life.state, life.now)).toEqual(said.after);
  else if (!said) expect(facets(life.state, life.now)).toEqual(before);
  if (said && CHARGING.includes(name) && !isDeclined)
    expect(sumMinor(amountsIn(said, 'charged_now'))).toBe(sumMinor(amountsOf(tried)));
}

/** Verbs that charge something at once. */
const CHARGING = ['change-offer', 'pay-off'];

const amountsOf = (tried: readonly Attempt[]): number[] => tried.map(({ amountMinor }) => amountMinor);

const amountsIn = ({ money }: Preview, kind: MoneyEffect['kind']): number[] =>
  money.flatMap((effect) => (effect.kind === kind && 'amountMinor' in effect ? (effect.amountMinor ?? 0) : []));

describe('whole lives of every kind, with random verbs, failing cards and moves of the clock', () => {
  test('nothing is charged while paused or after the end, and all figures and dates come true', () => {
    fc.assert(
      fc.property(aWholeLife, ({ deal, steps }) => {
        const begun = begin(deal);
        const { life, stripe } = begun;
        for (const { hours, verb, cardWorks, atStripe } of steps) {
          if (stripe) stripe.cardWorks = cardWorks;
          life.moveTo(fromMs(toMs(life.now) + hours * HOUR_MS), isAsSaid);
          holds(begun);
          if (verb) doAsked(begun, verb(begun));
          holds(begun);
          if (atStripe) life.hear(atStripe(begun));
          holds(begun);
        }
      }),
      { numRuns: Number(process.env.LIVES ?? 400) },
    );
  });
});

describe('undisturbed, every charge is on its calendar date', () => {
  const CASES = STARTS.flatMap((start) => INTERVALS.map((interval) => [interval, start] as const));

  test.each(CASES)('each %s from %s', (interval, startsAt) => {
    const price = { kind: 'subscription', ...money, interval, trialDays: 0, setupFeeMinor: 0 } as const;
    const { life } = begin({ price, startsAt });
    const count = interval === 'year' ? 5 : 26;

    life.moveTo(addIntervals(startsAt, interval, count), isAsSaid);

    const dates = life.state.payments.map(({ paidAt }) => paidAt);
    expect(dates).toEqual(Array.from({ length: count + 1 }, (_, n) => addIntervals(startsAt, interval, n)));
  });
});
