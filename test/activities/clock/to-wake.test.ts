import { expect, test } from '@jest/globals';
import { toWake, type Woken } from '../../../activities/clock/to-wake.ts';

const [ONE, OTHER] = ['one', 'other'];

test('a purchase is woken once for what it has to do, and again for what has arrived since', () => {
  const woken: Woken = new Map();

  expect(toWake([{ purchaseId: ONE, newest: 7 }], woken, 0)).toEqual([ONE]);
  expect(toWake([{ purchaseId: ONE, newest: 7 }], woken, 100)).toEqual([]);
  expect(toWake([{ purchaseId: ONE, newest: 9 }], woken, 200)).toEqual([ONE]);
  expect(toWake([{ purchaseId: ONE, newest: 9 }], woken, 300)).toEqual([]);
});

test('where the rows are done and something is still due, that is waited for', () => {
  const woken: Woken = new Map();

  expect(toWake([{ purchaseId: ONE, newest: 7 }], woken, 0)).toEqual([ONE]);
  expect(toWake([{ purchaseId: ONE, newest: 0 }], woken, 100)).toEqual([]);
});

test('who was done and has to do something again is woken again', () => {
  const woken: Woken = new Map();
  toWake([{ purchaseId: ONE, newest: 0 }], woken, 0);
  toWake([], woken, 100);

  expect(
    toWake(
      [
        { purchaseId: ONE, newest: 0 },
        { purchaseId: OTHER, newest: 0 },
      ],
      woken,
      200,
    ),
  ).toEqual([ONE, OTHER]);
});

test('a wake that may be lost is repeated after ten seconds', () => {
  const woken: Woken = new Map();
  toWake([{ purchaseId: ONE, newest: 3 }], woken, 0);

  expect(toWake([{ purchaseId: ONE, newest: 3 }], woken, 9_999)).toEqual([]);
  expect(toWake([{ purchaseId: ONE, newest: 3 }], woken, 10_000)).toEqual([ONE]);
});
