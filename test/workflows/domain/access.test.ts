import { describe, expect, test } from '@jest/globals';
import { accessStatus, accessUntil, productAccess } from '../../../workflows/domain/access.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import {
  aCancellation,
  aCheckout,
  after,
  aGrant,
  anEnd,
  anOverdue,
  aPause,
  aPurchase,
  FEB_28,
  T0,
} from '../../builders/purchase.ts';

const NOW = after(7200);
const BY = { kind: 'admin', id: 'admin-1' } as const;
const revoked = (productId: string) => ({ productId, since: after(60), by: BY });

const blocksOf = (state: PurchaseState, now: Instant = NOW) =>
  productAccess(state, now).map(({ blocks }) => blocks.map(({ source }) => source));

describe('each block closes access by itself [R5.3]', () => {
  const everywhere = (source: string) => [[source], [source]];

  test.each<[string, PurchaseState]>([
    ['not_started', aPurchase({ access: { startsAt: addDays(T0, 1), endsAt: null } })],
    ['expired', aPurchase({ access: { startsAt: T0, endsAt: NOW } })],
    ['suspended_by_pause', aPurchase({ billing: { pause: aPause({ access: 'suspend' }) } })],
    ['suspended_by_overdue', aPurchase({ billing: { overdue: [anOverdue({ suspendsAccess: true })] } })],
    ['ended', aPurchase({ billing: { ended: anEnd() } })],
    ['revoked', aPurchase({ revoked: [revoked('course'), revoked('community')] })],
  ])('%s', (source, state) => {
    expect(blocksOf(state)).toEqual(everywhere(source));
    expect(accessStatus(state, NOW)).toBe('none');
  });
});

describe('what closes nothing', () => {
  test.each<[string, PurchaseState]>([
    ['a pause that keeps access', aPurchase({ billing: { pause: aPause() } })],
    ['an unpaid renewal', aPurchase({ billing: { overdue: [anOverdue()] } })],
    ['a cancellation to come', aPurchase({ billing: { cancellation: aCancellation() } })],
    ['an end that keeps access', aPurchase({ billing: { ended: anEnd({ endsAccess: false }) } })],
    ['a grant', aGrant()],
  ])('%s', (_what, state) => {
    expect(blocksOf(state)).toEqual([[], []]);
    expect(accessStatus(state, NOW)).toBe('full');
  });
});

test('one product revoked is partial access', () => {
  const state = aPurchase({ revoked: [revoked('course')] });

  expect(blocksOf(state)).toEqual([['revoked'], []]);
  expect(accessStatus(state, NOW)).toBe('partial');
  expect(productAccess(state, NOW)[0]?.blocks[0]).toEqual({ source: 'revoked', since: after(60), by: BY });
});

test('several blocks hold at once, and each lifts by itself', () => {
  const pause = aPause({ access: 'suspend' });
  const both = aPurchase({ revoked: [revoked('course'), revoked('community')], billing: { pause } });

  expect(blocksOf(both)[0]).toEqual(['revoked', 'suspended_by_pause']);
  expect(blocksOf({ ...both, revoked: [] })[0]).toEqual(['suspended_by_pause']);
  expect(blocksOf(aPurchase({ revoked: both.revoked }))[0]).toEqual(['revoked']);
});

describe('access is half-open: [start, end) [R1.2]', () => {
  const state = aPurchase({ access: { startsAt: T0, endsAt: FEB_28 } });

  test.each([
    ['2027-01-31T08:59:59.999Z', ['not_started']],
    [T0, []],
    ['2027-02-28T08:59:59.999Z', []],
    [FEB_28, ['expired']],
  ])('at %s', (now, blocks) => {
    expect(blocksOf(state, now)[0]).toEqual(blocks);
  });
});

test('a cancellation ends access at its instant, before Stripe has said so [R1.5]', () => {
  const state = aPurchase({ billing: { cancellation: aCancellation() } });

  expect(accessStatus(state, '2027-02-28T08:59:59.999Z')).toBe('full');
  expect(blocksOf(state, FEB_28)[0]).toEqual(['ended']);
});

describe('until when', () => {
  const endsAt = addDays(T0, 10);

  test.each<[string, PurchaseState, Instant | null]>([
    ['nothing known', aPurchase(), null],
    ['days of access', aPurchase({ access: { startsAt: T0, endsAt } }), endsAt],
    ['a pending cancellation', aPurchase({ billing: { cancellation: aCancellation() } }), FEB_28],
    [
      'whichever comes first',
      aPurchase({ access: { startsAt: T0, endsAt }, billing: { cancellation: aCancellation() } }),
      endsAt,
    ],
    ['an end that keeps access', aPurchase({ billing: { ended: anEnd({ endsAccess: false }) } }), null],
  ])('%s', (_what, state, until) => {
    expect(accessUntil(state)).toBe(until);
    expect(productAccess(state, T0)[0]?.until).toBe(until);
  });
});

test('a checkout opens nothing, nor does a purchase that is sent back', () => {
  expect(accessStatus(aCheckout(), NOW)).toBe('none');
  expect(accessStatus(aPurchase({ duplicateOf: 'purchase-0' }), NOW)).toBe('none');
});
