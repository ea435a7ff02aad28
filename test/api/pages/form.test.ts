import { describe, expect, test } from '@jest/globals';
import { readForm, toWallClock } from '../../../api/pages/form.ts';

const VIENNA = 'Europe/Vienna';
const bodyOf = (texts: Record<string, string | string[]>): unknown =>
  JSON.parse(
    JSON.stringify(
      readForm(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, [text].flat()])), VIENNA).body,
    ),
  );

describe('the texts of a form', () => {
  test('become the body that the API takes, nested where the names are dotted', () => {
    const texts = {
      name: ' Studio ',
      'price.kind': 'subscription',
      'price.currency': 'usd',
      'price.trialDays@int': '14',
    };

    expect(bodyOf(texts)).toEqual({ name: 'Studio', price: { kind: 'subscription', currency: 'usd', trialDays: 14 } });
  });

  test('a blank is left out, or null where the field may be', () => {
    expect(
      bodyOf({ reason: '  ', 'resumeAt@instant': '', 'accessDays@int?': '', 'accessStartsAt@instant?': '' }),
    ).toEqual({
      accessDays: null,
      accessStartsAt: null,
    });
  });

  test.each([
    ['29', 'usd', 2_900],
    ['29.5', 'usd', 2_950],
    ['29,05', 'eur', 2_905],
    ['5000', 'jpy', 5_000],
    ['1.234', 'kwd', 1_234],
    ['0.1', 'usd', 10],
    ['29.005', 'usd', '29.005'],
    ['5000.5', 'jpy', '5000.5'],
    ['1e3', 'usd', '1e3'],
    ['-5', 'usd', '-5'],
    ['twenty', 'usd', 'twenty'],
  ])(
    '%s %s in minor units is %p, exactly; what cannot be read stays as it was typed',
    (text, currency, amountMinor) => {
      expect(bodyOf({ 'amountMinor@minor:currency': text, currency })).toEqual({ amountMinor, currency });
      expect(bodyOf({ [`amountMinor@minor:${currency}`]: text })).toEqual({ amountMinor });
    },
  );

  test.each([
    ['2027-01-31T10:00', '2027-01-31T09:00:00.000Z'],
    ['2027-07-31T10:00:30', '2027-07-31T08:00:30.000Z'],
    // 02:30 is skipped on that night; it means half an hour after the change.
    ['2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
    // 02:30 comes twice on that night; the first one is meant.
    ['2027-10-31T02:30', '2027-10-31T00:30:00.000Z'],
    ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00Z'],
    ['2027-02-30T10:00', '2027-02-30T10:00'],
    ['tomorrow', 'tomorrow'],
  ])("%s on the account's wall is %s", (text, at) => {
    expect(bodyOf({ 'resumeAt@instant': text })).toEqual({ resumeAt: at });
  });

  test('an instant is shown by the same wall clock', () => {
    expect(toWallClock('2027-07-31T08:00:30.000Z', VIENNA)).toBe('2027-07-31T10:00:30');
  });

  test('a checkbox that is not ticked says no, and a list without ticks is empty', () => {
    expect(bodyOf({ 'override@flag': '', 'productIds@list': '' })).toEqual({ override: false, productIds: [] });
    expect(bodyOf({ 'override@flag': ['', 'on'], 'productIds@list': ['', 'a', 'b'] })).toEqual({
      override: true,
      productIds: ['a', 'b'],
    });
  });

  test("what is the page's own stays out of the body", () => {
    // What every object knows by name is no step.
    expect(readForm({ _step: ['constructor'] }, VIENNA).step).toBe('');

    const { body, step, key } = readForm({ _step: ['preview'], _key: ['k1'], reason: ['x'] }, VIENNA);

    expect([{ ...body }, step, key]).toEqual([{ reason: 'x' }, 'preview', 'k1']);
  });

  test.each([
    ['a text and a group of one name', { name: 'x', 'name.y': '1' }],
    ['a group and a text of one name', { 'name.y': '1', name: 'x' }],
    ['a list and a group of one name', { 'ids@list': ['a'], 'ids.length': '1' }],
    ['more groups than any field is in', { [`a${'.a'.repeat(100_000)}`]: '1' }],
  ])('%s is refused as a field', (_what, texts) => {
    expect(() => bodyOf(texts)).toThrow('is not a field of this form');
  });

  test('no name reaches what every object has', () => {
    bodyOf({ '__proto__.isAdmin': 'yes', 'constructor.prototype.isAdmin': 'yes' });

    expect(({} as { isAdmin?: string }).isAdmin).toBeUndefined();
  });
});
