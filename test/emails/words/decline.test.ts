import { expect, test } from '@jest/globals';
import { codeForCustomer, declineInFull, declineWords } from '../../../emails/words/decline.ts';
import { renderEmail } from '../../../emails/render.ts';
import { aSample } from '../a-sample.ts';

test.each([
  ['insufficient_funds', 'there was not enough money on the card'],
  ['expired_card', 'the card has expired'],
  ['a_code_of_next_year', 'the bank declined it'],
  ['constructor', 'the bank declined it'],
  [null, null],
])('%s is told as: %s', (code, words) => {
  expect(declineWords(code)).toBe(words);
});

test.each(['lost_card', 'stolen_card', 'pickup_card', 'restricted_card', 'fraudulent', 'merchant_blacklist'])(
  'admins read %s, whoever holds the card does not',
  (code) => {
    expect(declineInFull(code)).toContain(`(${code})`);
    expect(codeForCustomer(code)).toBe('generic_decline');
  },
);

const endedAt = '2027-03-15T09:00:00.000Z';
const canceled = aSample('purchase-canceled', { isUnpaid: true, endedAt, endedOn: endedAt, accessEndsOn: null });

test.each([
  [{ access: 'ended' }, 'Your access ended on March 15, 2027.'],
  [{ access: 'kept' }, 'You keep your access.'],
  [{ access: 'limited', accessEndsOn: '2027-06-30T16:00:00.000Z' }, 'You keep your access until June 30, 2027.'],
] as const)(
  'the last failed try says that none is left, why, and on which day access ends: %j',
  async (given, access) => {
    const { text } = await renderEmail('purchase-canceled', {
      ...canceled,
      declineMessage: 'The card has expired.',
      ...given,
    });

    expect(text).toContain('there will be no other');
    expect(text).toContain('Why: The card has expired.');
    expect(text).toContain(access);
  },
);
