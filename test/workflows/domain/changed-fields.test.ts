import { expect, test } from '@jest/globals';
import { changedFields, HIDDEN } from '../../../workflows/domain/changed-fields.ts';

test('only what differs is told, those inside of others by their path, a list as one value', () => {
  const before = { name: 'Gold', price: { amountMinor: 2900, currency: 'usd' }, productIds: ['a', 'b'], group: null };
  const after = { name: 'Gold', price: { amountMinor: 3900, currency: 'usd' }, productIds: ['a'], group: 'plans' };

  expect(changedFields(before, after)).toEqual({
    before: { 'price.amountMinor': 2900, productIds: ['a', 'b'], group: null },
    after: { 'price.amountMinor': 3900, productIds: ['a'], group: 'plans' },
  });
});

test('what was made has no before, what was deleted no after, what came or went is null on the other side', () => {
  expect(changedFields(null, { name: 'Gold' })).toEqual({ before: null, after: { name: 'Gold' } });
  expect(changedFields({ name: 'Gold' }, null)).toEqual({ before: { name: 'Gold' }, after: null });
  expect(changedFields({}, { name: 'Gold' })).toEqual({ before: { name: null }, after: { name: 'Gold' } });
  expect(changedFields({ name: 'Gold' }, { name: 'Gold' })).toEqual({ before: {}, after: {} });
});

test('a secret is told as changed, and never what it is, at any depth', () => {
  const names = ['keyHash', 'passwordHash', 'webhookSecret', 'restrictedKey', 'calendarUrl', 'token', 'recoveryCodes'];
  for (const name of names) {
    expect(changedFields({ [name]: 'one' }, { [name]: 'two' })).toEqual({
      before: { [name]: HIDDEN },
      after: { [name]: HIDDEN },
    });
    expect(JSON.stringify(changedFields(null, { inside: { [name]: ['two'] } }))).not.toContain('two');
  }
});

test('long texts are cut, and so are long lists', () => {
  const { after } = changedFields(null, { text: 'a'.repeat(501), list: Array<string>(500).fill('abcdef') });

  expect(after?.text).toBe(`${'a'.repeat(500)}…`);
  expect(String(after?.list)).toHaveLength(2001);
});
