import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../../workflows/domain/facts.ts';
import { heardOnly, heardUpTo } from '../../../workflows/domain/heard.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { aPurchase, aSubscription, at, factRow, T0, taken } from '../../builders/purchase.ts';
import { aLife } from '../a-life.ts';

const DAY = addDays(T0, 1);
const CONTEXT = { now: addDays(T0, 20), settings: DEFAULT_SETTINGS, duplicateOf: null };
const fact = (object: Fact['object'], occurredAt: string): Fact => ({ object, occurredAt, source: 'event' });

test('a repeat of what is known says only how far Stripe was heard', () => {
  expect(heardOnly(aPurchase(), [fact(aSubscription(), DAY)], CONTEXT)).toBe(DAY);
});

test('one that changes something is left to the purchase, with all that came with it', () => {
  const facts = [fact(aSubscription(), DAY), fact(aSubscription({ pause: { resumesAt: null } }), addDays(T0, 2))];

  expect(heardOnly(aPurchase(), facts, CONTEXT)).toBeUndefined();
});

test('an older pause does not come back after something newer was heard', () => {
  const older = fact(aSubscription({ pause: { resumesAt: null } }), DAY);
  const heard = heardUpTo(aPurchase(), addDays(T0, 2));

  expect(heardOnly(aPurchase(), [older], CONTEXT)).toBeUndefined();
  expect(heardOnly(heard, [older], CONTEXT)).not.toBeUndefined();
});

test('what ends without a wake would have come to the same with one', () => {
  fc.assert(
    fc.property(aLife, fc.nat(), (life, place) => {
      const facts = life.map(({ object, at: occurredAt }) => fact(object, occurredAt));
      const known = facts
        .slice(0, place % (facts.length + 1))
        .reduce(
          (state, one, n) => runPass(state, taken([factRow(one.object, one.occurredAt, n + 1)]), at(T0), null).state,
          aPurchase(),
        );
      for (const one of facts) {
        const context = { ...CONTEXT, now: T0 };
        const heard = heardOnly(known, [one], context);
        if (heard === undefined) continue;
        const passed = runPass(known, taken([factRow(one.object, one.occurredAt, 1)]), { ...at(T0), now: T0 }, null);
        expect(passed).toMatchObject({ entries: [], emails: [], followUps: [], needsRead: false });
        expect(passed.state.stripe.asOf).toBe(heard);
      }
    }),
    { numRuns: 200 },
  );
});
