import { describe, expect, test } from '@jest/globals';
import { readAmount } from '../../../api/pages/admin/money/read-amount.ts';

const read = (text: string, { chosen, sold = ['usd'] }: { chosen?: string; sold?: string[] } = {}) =>
  readAmount(text, chosen, sold);

describe('an amount is read as people write it', () => {
  test.each([
    ['29', 2_900, 2_900],
    [' 29.5 ', 2_950, 2_950],
    ['29,50', 2_950, 2_950],
    ['$29.00', 2_900, 2_900],
    ['29 USD', 2_900, 2_900],
    ['$1,290.00', 129_000, 129_000],
    ['1,290', 129_000, 129_000],
    ['20 to 50', 2_000, 5_000],
    ['$20.00 – $50.00', 2_000, 5_000],
    ['20-50', 2_000, 5_000],
    ['from 20', 2_000, undefined],
    ['up to $50', undefined, 5_000],
  ])('%s', (text, from, to) => {
    expect(read(text)).toEqual({ error: null, currency: 'usd', from, to });
  });

  test('in the currency that it names, before the one chosen beside it, or in the only one there is', () => {
    const sold = ['eur', 'jpy', 'usd'];

    expect(read('€7', { sold })).toMatchObject({ currency: 'eur', from: 700 });
    expect(read('7 eur', { sold, chosen: 'usd' })).toMatchObject({ currency: 'eur', from: 700 });
    expect(read('¥3,200', { sold })).toMatchObject({ currency: 'jpy', from: 3_200 });
    expect(read('7', { sold, chosen: 'usd' })).toMatchObject({ currency: 'usd', from: 700 });
    expect(read('7', { sold: ['eur'] })).toMatchObject({ currency: 'eur', from: 700 });
  });
});

test.each([
  ['7', ['eur', 'usd'], 'needs a currency beside it'],
  ['50 to 20', ['usd'], 'must begin with the smaller amount'],
  ['much', ['usd'], 'must be an amount, such as 29.00, or a range, such as 20 to 50, from 20 or up to 50'],
  ['29.999', ['usd'], 'must be an amount, such as 29.00, or a range, such as 20 to 50, from 20 or up to 50'],
  ['3.5', ['jpy'], 'must be an amount, such as 29.00, or a range, such as 20 to 50, from 20 or up to 50'],
])('%s, sold in %s, %s', (text, sold, error) => {
  expect(read(text, { sold })).toEqual({ error });
});
