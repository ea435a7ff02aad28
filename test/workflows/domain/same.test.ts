import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withVersion } from '../../../workflows/domain/purchase.ts';
import { isSame } from '../../../workflows/domain/same.ts';
import { aPurchase, T0 } from '../../builders/purchase.ts';

/** As jsonb gives an object back: the same keys in another order, all the way down. */
const turned = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(turned)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, turned(part)]),
        )
      : value;

describe('the order of keys', () => {
  test('makes no value another', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSame(value, turned(value))));
  });

  test('is all that is passed over: another part or another order of a list is another value', () => {
    expect(isSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(isSame({ a: { b: 1 } }, { a: { b: 1, c: null } })).toBe(false);
    expect(isSame({ a: 1 }, { a: '1' })).toBe(false);
  });

  test('moves no version', () => {
    const pause = { since: T0, access: 'keep', resumeAt: null } as const;
    const before = aPurchase({ billing: { pause } });
    const after = { ...before, billing: turned(before.billing) as typeof before.billing };

    expect(withVersion(before, after).version).toBe(before.version);
  });
});
