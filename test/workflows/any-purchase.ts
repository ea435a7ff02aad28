import fc from 'fast-check';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { begin } from '../../workflows/verbs/begin.ts';
import { plan } from '../../workflows/verbs/plan.ts';
import {
  ADMIN,
  aCancellation,
  aCommand,
  aGrant,
  anEnd,
  anOverdue,
  askedBy,
  aPurchase,
  T0,
} from '../builders/purchase.ts';

const inDays = (min: number, max: number): fc.Arbitrary<Instant> =>
  fc.integer({ min, max }).map((days) => addDays(T0, days));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 });

const aBilling = fc.record({
  pause: maybe(
    fc.record({
      since: inDays(0, 3),
      access: fc.constantFrom('keep' as const, 'suspend' as const),
      resumeAt: maybe(inDays(4, 40)),
    }),
  ),
  cancellation: maybe(inDays(1, 40).map(aCancellation)),
  ended: fc.option(
    fc.record({ at: inDays(0, 0), endsAccess: fc.boolean() }).map((end) => anEnd(end)),
    { freq: 4 },
  ),
  overdue: fc
    .constantFrom([], [{}], [{ suspendsAt: addDays(T0, 7) }], [{ suspendsAt: T0, hasSuspended: true as const }])
    .map((open) => open.map((given) => anOverdue({ suspendsAccess: true, since: T0, ...given }))),
});

const anAccess = fc
  .record({ startsAt: inDays(-20, 20), days: maybe(fc.integer({ min: 1, max: 40 })) })
  .map(({ startsAt, days }) => ({ startsAt, endsAt: days === null ? null : addDays(startsAt, days) }));

const revoked = fc
  .subarray(['course', 'community'])
  .map((ids) => ids.map((productId) => ({ productId, since: T0, by: ADMIN })));

/** Any mix of blocks, legal or not: what opens a product has to be right in all of them. */
export const anyPurchase: fc.Arbitrary<PurchaseState> = fc
  .record({
    isGrant: fc.boolean(),
    isBegun: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    duplicateOf: fc.option(fc.constant('purchase-0'), { freq: 8 }),
    billing: aBilling,
    access: anAccess,
    revoked,
    isMovingPause: fc.boolean(),
  })
  .map(({ isGrant, isBegun, billing, isMovingPause, ...state }) => {
    const base = isGrant ? aGrant() : aPurchase({ billing });
    const startedAt = isBegun ? base.startedAt : null;
    return { ...base, ...state, startedAt, pending: isMovingPause && !isGrant ? resuming(base) : null };
  });

/** A verb that ends the pause, on its way to Stripe. */
const resuming = (state: PurchaseState) => begin(aCommand('resume'), plan('resume', state, {}, askedBy(T0)), T0);
