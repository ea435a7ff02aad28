import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkModest } from '../../api/http/modest-json.ts';

const valuesIn = (value: unknown): number =>
  1 +
  (typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, one) => sum + valuesIn(one), 0)
    : 0);

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

const holds = (json: string, values: number, depth: number): boolean => {
  try {
    checkModest(Buffer.from(json), { values, depth });
    return true;
  } catch {
    return false;
  }
};

test('what a JSON text holds is told without reading it, whatever stands in its strings', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, indent) => {
      const json = JSON.stringify(value, null, indent);

      expect(holds(json, Number.MAX_SAFE_INTEGER, depthOf(value))).toBe(true);
      expect(holds(json, Number.MAX_SAFE_INTEGER, depthOf(value) - 1)).toBe(false);
      // An empty list counts as if one more were in it.
      expect(holds(json, valuesIn(value) * 2, 99)).toBe(true);
      expect(holds(json, Math.ceil(valuesIn(value) / 2) - 1, 99)).toBe(false);
    }),
    { seed: 27, numRuns: 1_000 },
  );
});
