import { expect, test } from '@jest/globals';
import { countInWords, countNamed, foundInWords, sumOf } from '../../../api/pages/parts/counts.ts';

const exactly = (count: number) => ({ count, isOver: false });
const over = { count: 10_000, isOver: true };

test('a count says plainly whether there are more', () => {
  expect([exactly(0), exactly(10_000), over].map(countInWords)).toEqual(['0', '10,000', 'over 10,000']);
  expect([exactly(0), exactly(1), exactly(10_000), over].map((count) => foundInWords(count, 'contact'))).toEqual([
    '0 contacts',
    '1 contact',
    '10,000 contacts',
    'Over 10,000 contacts',
  ]);
});

test('a sum with a part that is over is over', () => {
  const counts = { applied: 10_000, failed: 3, over: ['applied'] };
  const parts = (['applied', 'failed'] as const).map((name) => countNamed(counts, name));

  expect(parts).toEqual([over, exactly(3)]);
  expect(sumOf(parts)).toEqual({ count: 10_003, isOver: true });
  expect(sumOf([exactly(1), exactly(2)])).toEqual(exactly(3));
});
