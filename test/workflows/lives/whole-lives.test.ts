import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { productAccess, reachPerProduct } from '../../../workflows/domain/access.ts';
import { addIntervals, INTERVALS } from '../../../workflows/domain/calendar.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import { fromMs, toMs } from '../../../workflows/domain/instant.ts';
import { refundedMinor } from '../../../workflows/domain/payments.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { facets, preview } from '../../../workflows/verbs/preview.ts';
import { askedBy } from '../../builders/purchase.ts';
import { aWholeLife, begin, money, STARTS, type Asked, type Begun } from './any-life.ts';
import { isAsSaid } from './is-as-said.ts';

const HOUR_MS = 3_600_000;

function holds({ life, stripe }: Begun): void {
  const { state, now } = life;
  const paid = state.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(paid).toBe(stripe ? stripe.attempts.reduce((sum, one) => sum + (one.isPaid ? one.amountMinor : 0), 0) : paid);
  for (const payment of state.payments) expect(refundedMinor(payment)).toBeLessThanOrEqual(payment.amountMinor);
  const counted = instalmentsOf(state.billing);
  if (counted) expect(state.payments.length).toBeLessThanOrEqual(counted.total);
  for (const product of productAccess(state, now)) {
    const isBlocked = product.blocks.length > 0 || state.startedAt === null;
    expect(product.open).toBe(!isBlocked);
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
  const isDeclined = stripe?.cardWorks === false && ['change-offer', 'retry-payment', 'pay-off'].includes(name);
  if (said && !isDeclined) expect(facets(life.state, life.now)).toEqual(said.after);
  else if (!said) expect(facets(life.state, life.now)).toEqual(before);
  if (said && name === 'change-offer' && !isDeclined) {
    const charged = tried.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const shown = said.money.flatMap((effect) => (effect.kind === 'charged_now' ? (effect.amountMinor ?? 0) : []));
    expect(shown.reduce((sum, one) => sum + one, 0)).toBe(charged);
  }
}

describe('whole lives of every kind, with random verbs, failing cards and moves of the clock', () => {
  test('nothing is charged while paused or after the end, and all figures and dates come true', () => {
    fc.assert(
      fc.property(aWholeLife, ({ deal, steps }) => {
        const begun = begin(deal);
        const { life, stripe } = begun;
        for (const { hours, verb, cardWorks } of steps) {
          if (stripe) stripe.cardWorks = cardWorks;
          life.moveTo(fromMs(toMs(life.now) + hours * HOUR_MS), isAsSaid);
          holds(begun);
          if (verb) doAsked(begun, verb(begun));
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
