import { billingStatus, overdueOf } from '../domain/billing.ts';
import { isTried } from '../domain/changed-card.ts';
import { withBilling } from './subscription-of.ts';
import { ATTEMPT } from './retry-payment.ts';
import type { Verb } from './verb.ts';

/** `methodId`: what took the place of another method at Stripe. */
export type RetryNewCardInput = { methodId: string };

/**
 * Tries everything unpaid with a card that was changed: once, whether the customer's browser comes
 * back from Stripe, its event arrives, or both, in either order [R11.5].
 */
export const retryNewCard: Verb<RetryNewCardInput> = {
  name: 'retry-new-card',

  forbids: ({ billing }) => (billingStatus(billing) === 'past_due' ? null : 'Nothing is unpaid any more.'),

  rejects: ({ billing }, { methodId }) =>
    isTried(overdueOf(billing), methodId)
      ? { code: 'card_tried', detail: 'What is unpaid was tried with this card already.' }
      : null,

  begun: (state, { methodId }) =>
    withBilling(state, ({ overdue }) => ({ overdue: overdue.map((one) => ({ ...one, retriedWith: methodId })) })),

  ...ATTEMPT,
};
