import { startPurchase } from '../domain/start-purchase.ts';
import type { EmailIntent } from '../domain/outcome.ts';
import type { Verb } from './verb.ts';

/** `isNewCustomer` was decided when the grant was accepted; either email may be skipped [R13.2]. */
export type GrantInput = { isNewCustomer: boolean; skipConfirmation: boolean; skipWelcome: boolean };

/** Gives an offer without billing; its emails go out in this order. */
export const grant: Verb<GrantInput> = {
  name: 'grant',

  forbids: ({ startedAt }) =>
    startedAt === null ? null : { code: 'already_live', detail: 'This grant was made already.' },

  effect: (state, _input, { now }) => startPurchase(state, now),

  reports(_state, { isNewCustomer, skipConfirmation, skipWelcome }) {
    const emails: EmailIntent[] = [];
    if (!skipConfirmation) emails.push({ kind: 'offer-grant-confirmation', to: 'customer', data: {} });
    if (isNewCustomer && !skipWelcome) emails.push({ kind: 'member-welcome', to: 'customer', data: {} });
    return { entry: 'purchase.granted', data: { isNewCustomer }, emails };
  },
};
