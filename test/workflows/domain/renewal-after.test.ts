import { expect, test } from '@jest/globals';
import { renewalAfter } from '../../../workflows/domain/renewal-after.ts';
import { aGrant, aPurchase, FEB_28, T0 } from '../../builders/purchase.ts';

test.each([
  ['inside of the period, its end', T0, FEB_28],
  ['at its end, a period later, by the anchor', FEB_28, '2027-03-31T09:00:00.000Z'],
  ['between two ends that are to come, the later', '2027-05-10T09:00:00.000Z', '2027-05-31T09:00:00.000Z'],
])('the renewal after an instant %s', (_, at, renewal) => {
  expect(renewalAfter(aPurchase(), at)).toBe(renewal);
});

test('what does not renew has none', () => {
  expect(renewalAfter(aGrant(), T0)).toBeNull();
});
