import { expect, test } from '@jest/globals';
import { describePurchase } from '../../../workflows/purchase/describe.ts';
import { aCalled, aCredit, someCredits } from '../../builders/calls.ts';
import { aPurchase, T0 } from '../../builders/purchase.ts';

const NOTHING = { pending: null, stuckReason: null, isReading: false, clock: null };

test('current details say the balance of credits, the next call, and in words what is due', () => {
  const credits = someCredits([aCredit({ heldBy: 'call-1' }), aCredit({ id: 2 })]);

  const said = describePurchase(aCalled({}, { credits }), T0, NOTHING);

  expect(said).toContain(
    '- call credits: **1** available, 1 held, 5 of 6 left this year, next 2028-01-31T09:00:00.000Z',
  );
  expect(said).toContain('- next call 2027-02-03T09:00:00.000Z, expert `expert-1`');
  expect(said).toContain('- 2028-01-31T09:00:00.000Z: **a call credit expires**');
  expect(said).toContain('- 2027-02-02T09:00:00.000Z: **both sides are reminded of a call**');
  expect(describePurchase(aPurchase(), T0, NOTHING)).not.toContain('credits');
});
