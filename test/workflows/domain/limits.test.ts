import { expect, test } from '@jest/globals';
import { levelsOf } from '../../../workflows/domain/limits.ts';

test.each([
  [0, 0, []],
  [799, 1000, []],
  [800, 1000, ['near']],
  [1000, 1000, ['near']],
  [1001, 1000, ['near', 'over']],
  [1, 0, ['near', 'over']],
  [8, 9, ['near']],
])('%i of %i is told of from 80 %% on, and above 100 %% [R17.3]', (used, limit, levels) => {
  expect(levelsOf(used, limit)).toEqual(levels);
});
