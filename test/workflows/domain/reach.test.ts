import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessSpans, productAccess, reachOf, reachPerProduct, type Span } from '../../../workflows/domain/access.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import {
  ADMIN,
  aCancellation,
  after,
  aGrant,
  anOverdue,
  aPause,
  aPurchase,
  FEB_28,
  T0,
} from '../../builders/purchase.ts';
import { anyPurchase } from '../any-purchase.ts';

const day = (days: number): Instant => addDays(T0, days);
const span = (from: number, until: number | null): Span => ({
  from: day(from),
  until: until === null ? null : day(until),
});
const spanOf = (state: PurchaseState) => accessSpans(state)[0]?.span;

describe('when a product is open as things stand', () => {
  const days = { startsAt: day(5), endsAt: day(20) };

  test.each<[string, PurchaseState, Span | null]>([
    ['a purchase', aPurchase(), { from: T0, until: null }],
    ['not started, days of access', aPurchase({ access: days }), span(5, 20)],
    ['a cancellation to come', aPurchase({ billing: { cancellation: aCancellation() } }), { from: T0, until: FEB_28 }],
    [
      'a pause that suspends up to a date',
      aPurchase({ access: days, billing: { pause: aPause({ access: 'suspend', resumeAt: day(9) }) } }),
      span(9, 20),
    ],
    [
      'what is overdue and closes it on a day',
      aPurchase({ billing: { overdue: [anOverdue({ suspendsAccess: true, suspendsAt: day(9) })] } }),
      span(0, 9),
    ],
    ['a pause that suspends', aPurchase({ billing: { pause: aPause({ access: 'suspend' }) } }), null],
    ['a revoked grant', { ...aGrant(), revoked: [{ productId: 'course', since: T0, by: ADMIN }] }, null],
    ['a duplicate', aPurchase({ duplicateOf: 'purchase-0' }), null],
  ])('%s', (_what, state, expected) => {
    expect(spanOf(state)).toEqual(expected);
  });
});

test('a due resume opens access at its instant, however late it is recorded [R1.5]', () => {
  const state = aPurchase({ billing: { pause: aPause({ access: 'suspend', resumeAt: day(9), by: ADMIN }) } });

  expect(productAccess(state, day(8))[0]).toMatchObject({
    open: false,
    blocks: [{ source: 'suspended_by_pause', since: after(60), by: ADMIN }],
  });
  expect(productAccess(state, day(9))[0]).toMatchObject({ open: true, blocks: [] });
});

describe('what several purchases come to [R5.4]', () => {
  test.each<[string, Span[], ReturnType<typeof reachOf>]>([
    ['nothing', [], { access: false, from: null, until: null }],
    ['one without an end', [span(0, 20), span(0, null)], { access: true, from: null, until: null }],
    ['the latest end', [span(0, 20), span(5, 30)], { access: true, from: null, until: day(30) }],
    ['one that follows at once', [span(20, 25), span(0, 20)], { access: true, from: null, until: day(25) }],
    ['one that follows after a gap', [span(0, 20), span(21, null)], { access: true, from: null, until: day(20) }],
    ['one to come', [span(0, 5), span(30, 40), span(15, 20)], { access: false, from: day(15), until: null }],
    ['one that ends before it begins', [span(30, 20)], { access: false, from: null, until: null }],
  ])('%s', (_what, spans, expected) => {
    expect(reachOf(spans, day(10))).toEqual(expected);
  });
});

const purchases = fc.array(anyPurchase, { minLength: 1, maxLength: 3 });
const someInstant = fc.integer({ min: -30, max: 60 }).map(day);
const isOpen = (states: PurchaseState[], productId: string, now: Instant): boolean =>
  states.some((state) => productAccess(state, now).some((one) => one.productId === productId && one.open));

test('access is the union of its blocks, at every instant and without a record in between', () => {
  fc.assert(
    fc.property(purchases, someInstant, (states, now) => {
      for (const [productId, reach] of reachPerProduct(states, now))
        expect({ productId, access: reach.access }).toEqual({ productId, access: isOpen(states, productId, now) });
    }),
    { numRuns: 500 },
  );
});

test('access changes at the instants that are named, and at none before them', () => {
  const everyDay = Array.from({ length: 150 }, (_, n) => day(n - 30));
  fc.assert(
    fc.property(purchases, someInstant, (states, now) => {
      for (const [productId, { access, from, until }] of reachPerProduct(states, now)) {
        const changes = everyDay.find((at) => at > now && isOpen(states, productId, at) !== access) ?? null;
        expect(changes).toBe(access ? until : from);
      }
    }),
    { numRuns: 200 },
  );
});
