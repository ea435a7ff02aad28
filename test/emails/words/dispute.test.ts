import { expect, test } from '@jest/globals';
import { disputeInFull } from '../../../emails/words/dispute.ts';

test.each([
  ['product_not_received', 'the customer says that nothing was delivered (product_not_received)'],
  ['a_reason_of_next_year', 'a_reason_of_next_year'],
  [null, null],
])('a dispute for %s is told as: %s', (reason, words) => {
  expect(disputeInFull(reason)).toBe(words);
});
