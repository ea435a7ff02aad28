import { expect, test } from '@jest/globals';
import { renewalFrom } from '../../../workflows/domain/renewal-from.ts';
import { aGrant, aPurchase, FEB_28, T0 } from '../../builders/purchase.ts';

test.each([
  ['inside of the period, its end', T0, FEB_28],
  ['at its end, that very one', FEB_28, FEB_28],
  ['just after its end, a period later, by the anchor', '2027-02-28T09:00:00.001Z', '2027-03-31T09:00:00.000Z'],
  ['between two ends that are to come, the later', '2027-05-10T09:00:00.000Z', '2027-05-31T09:00:00.000Z'],
])('the renewal from an instant on, %s', (_, at, renewal) => {
  expect(renewalFrom(aPurchase(), at)).toBe(renewal);
});

test('what does not renew has none', () => {
  expect(renewalFrom(aGrant(), T0)).toBeNull();
});
