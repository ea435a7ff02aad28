import { expect, test } from '@jest/globals';
import { isInside, openWindow, windowState } from '../../../workflows/domain/refund-window.ts';
import { T0 } from '../../builders/purchase.ts';

const CLOSES = '2027-03-02T09:00:00.000Z';
const JUST_AFTER = '2027-03-02T09:00:00.001Z';

test('a window is open for 30 times 24 hours from the first payment', () => {
  expect(openWindow(T0, 30)).toEqual({ opensAt: T0, closesAt: CLOSES, usedAt: null, closedAt: null });
});

test('its closing instant still counts as inside [R1.2]', () => {
  const window = openWindow(T0, 30)!;

  expect([T0, CLOSES, JUST_AFTER].map((at) => isInside(window, at))).toEqual([true, true, false]);
  expect([T0, CLOSES, JUST_AFTER].map((at) => windowState(window, at))).toEqual(['open', 'open', 'closed']);
});

test('what lies before the first payment is not inside', () => {
  expect(isInside(openWindow(T0, 30)!, '2027-01-31T08:59:59.999Z')).toBe(false);
});

test('summer time begins inside the window and moves nothing', () => {
  expect(openWindow('2027-03-20T12:00:00.000Z', 30)?.closesAt).toBe('2027-04-19T12:00:00.000Z');
});

test('a used window stays used', () => {
  expect(windowState({ ...openWindow(T0, 30)!, usedAt: T0 }, JUST_AFTER)).toBe('used');
});

test('an offer with no days has no window [R4.3]', () => {
  expect(openWindow(T0, 0)).toBeNull();
});
