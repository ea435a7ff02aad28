import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aBought, aStripe, T0, type TestStripe } from './a-stripe.ts';

let stripe: TestStripe;

beforeEach(async () => {
  stripe = await aStripe();
});
afterEach(() => stripe.close());

describe('a test clock', () => {
  test('moves and bills, and moving it again to where it stands does nothing', async () => {
    const { subscriptionId, clockId } = await aBought(stripe);
    const to = '2027-02-28T12:00:00.000Z';

    expect(await stripe.gateway.advanceClock(clockId, to, null)).toEqual({ kind: 'done', frozenAt: to });
    expect(await stripe.gateway.advanceClock(clockId, to, null)).toEqual({ kind: 'done', frozenAt: to });
    expect(await stripe.gateway.readClock(clockId, null)).toEqual({ frozenAt: to, isReady: true });
    expect((await stripe.gateway.readSubscription(subscriptionId, null)).at(-2)).toMatchObject({ reason: 'renewal' });
  });

  test('refuses to move further than two intervals at once', async () => {
    const { clockId } = await aBought(stripe);

    expect(await stripe.gateway.advanceClock(clockId, '2027-12-31T00:00:00.000Z', null)).toMatchObject({
      kind: 'refused',
    });
    expect(await stripe.gateway.readClock(clockId, null)).toEqual({ frozenAt: T0, isReady: true });
  });
});
