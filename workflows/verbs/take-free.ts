import { isCharged } from '../domain/price.ts';
import { startPurchase } from '../domain/start-purchase.ts';
import type { Verb } from './verb.ts';

/** Begins the purchase of a free offer, whose mailed link was confirmed [R13.1, R27.7]. */
export const takeFree: Verb<object> = {
  name: 'take-free',

  forbids({ startedAt, terms }) {
    if (isCharged(terms.price)) return 'This offer is not free.';
    return startedAt === null ? null : { code: 'already_live', detail: 'This offer was taken already.' };
  },

  effect: (state, _input, { now }) => startPurchase(state, now),

  reports: () => ({
    entry: 'purchase.bought',
    data: {},
    emails: [{ kind: 'purchase-confirmation', to: 'customer', data: { paymentId: null } }],
  }),
};
