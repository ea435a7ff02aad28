import { expect, test } from '@jest/globals';
import type { DiscountDuration } from '../../../workflows/domain/discount.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import { aPause, aPurchase, askedBy, FEB_28, MAR_31, T0 } from '../../builders/purchase.ts';

const APR_30 = '2027-04-30T09:00:00.000Z';
const MAR_10 = '2027-03-10T09:00:00.000Z';

const discount = (duration: DiscountDuration, endsAt: Instant | null) => ({
  discountId: 'di_1',
  promotionCodeId: 'code-1',
  code: 'SPRING',
  percentOff: 50,
  amountOffMinor: null,
  currency: null,
  duration,
  endsAt,
});

test.each<[what: string, duration: DiscountDuration, endsAt: Instant | null, resumeAt: Instant | null, said: unknown]>([
  ['the months of a code run on over charges that are passed over', { months: 3 }, APR_30, MAR_10, APR_30],
  ['and in a pause without end', { months: 3 }, APR_30, null, APR_30],
  ['a pause inside the period passes over no charge', { months: 3 }, APR_30, FEB_28, undefined],
  ['months that lessen no further charge are over anyway', { months: 1 }, FEB_28, null, undefined],
  ['what was for the next charge is used up by the one that is voided', 'once', null, MAR_10, FEB_28],
  ['what is for every charge has no end', 'forever', null, null, undefined],
])('%s [R7.2, R27.5]', (_what, duration, endsAt, resumeAt, said) => {
  const discounts = [discount(duration, endsAt)];
  const states = [
    ['pause', aPurchase({ billing: { discounts } }), { resumeAt, access: 'keep' }],
    ['change-resume-date', aPurchase({ billing: { discounts, pause: aPause({ resumeAt: MAR_31 }) } }), { resumeAt }],
  ] as const;
  for (const [verb, state, input] of states)
    expect(plan(verb, state, input, askedBy(T0)).money).toEqual([
      { kind: 'charges_suspended', until: resumeAt },
      ...(said === undefined ? [] : [{ kind: 'discount_runs_on', until: said, code: 'SPRING' }]),
    ]);
});

test('a preview of an older version, which did not say so, still holds', () => {
  const hashOf = (endsAt: Instant) => {
    const state = aPurchase({ billing: { discounts: [discount({ months: 3 }, endsAt)] } });
    return preview('pause', state, { resumeAt: null, access: 'keep' }, askedBy(T0)).planHash;
  };

  expect(hashOf(APR_30)).toBe(hashOf(FEB_28));
});
