import { expect, test } from '@jest/globals';
import { faultOfValue, FIELD_KINDS, type FieldKind, type FieldValue } from '../../../workflows/domain/contact-field.ts';

const TAKEN: [FieldKind, FieldValue][] = [
  ['text', 'Vienna'],
  ['text', 'x'.repeat(500)],
  ['number', 0],
  ['number', -12.5],
  ['date', '2028-02-29'],
  ['yes_no', false],
];

const REFUSED: [FieldKind, FieldValue][] = [
  ['text', ' '],
  ['text', 'x'.repeat(501)],
  ['text', 12],
  ['number', '12'],
  ['number', Infinity],
  ['number', NaN],
  ['date', '2027-02-29'],
  ['date', '31.01.2027'],
  ['date', '2027-01-31T09:00:00Z'],
  ['date', '0000-13-01'],
  ['yes_no', 'yes'],
];

test.each(TAKEN)('%s takes %j', (kind, value) => {
  expect(faultOfValue(kind, value)).toBeNull();
});

test.each(REFUSED)('%s refuses %j, and says what it takes', (kind, value) => {
  expect(faultOfValue(kind, value)).toMatch(/^must be /);
});

test('each kind is told from the others', () => {
  expect(new Set([...TAKEN, ...REFUSED].map(([kind]) => kind))).toEqual(new Set(FIELD_KINDS));
});
