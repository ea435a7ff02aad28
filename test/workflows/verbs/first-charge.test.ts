import { describe, expect, test } from '@jest/globals';
import { addDays, fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { PlannedName } from '../../../workflows/domain/verb.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import { aPlan, month } from '../../builders/plan.ts';
import { after, aPurchase, askedBy, GOLD } from '../../builders/purchase.ts';
import { becoming } from './offer-change-plans.ts';

/** A code has settled what was due at first, so nothing has been paid yet. */
const UNPAID = { payments: [], refundWindow: null };
const plan = aPlan({ ...UNPAID, paid: 1, terms: { refundWindowDays: 30 } });
const subscription = aPurchase({ ...UNPAID, terms: { refundWindowDays: 30 } });

const windowIn = (name: PlannedName, state: PurchaseState, input: object, now: Instant) =>
  preview(name, state, input, askedBy(now)).after.due.find(({ kind }) => kind === 'refund-window-closes')?.at;

describe('what charges for the first time opens the refund window, and its preview says until when [R10.6]', () => {
  const now = addDays(month(0), 10);

  test('a plan that is paid off', () => {
    expect(windowIn('pay-off', plan, {}, now)).toBe(addDays(now, 30));
    expect(windowIn('pay-off', plan, { creditMinor: 24_500 }, now)).toBeUndefined();
    expect(windowIn('pay-off', { ...plan, terms: { ...plan.terms, refundWindowDays: 0 } }, {}, now)).toBeUndefined();
  });

  test('a change of offer that is charged at once', () => {
    const quote = { currency: 'usd', creditedMinor: 0, dueMinor: 5000, creditLeftMinor: 0 };
    const asOf = after(7200);

    expect(windowIn('change-offer', subscription, becoming(GOLD, { quote, asOf }), asOf)).toBe(addDays(asOf, 30));
    expect(
      windowIn('change-offer', subscription, becoming(GOLD, { quote: { ...quote, dueMinor: 0 }, asOf }), asOf),
    ).toBeUndefined();
  });

  test('and the preview still holds a moment later', () => {
    const hashAt = (at: Instant) => preview('pay-off', plan, {}, askedBy(at)).planHash;

    expect(hashAt(fromMs(toMs(now) + 1000))).toBe(hashAt(now));
  });
});
