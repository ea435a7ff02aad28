import type { SubscriptionBilling } from './billing.ts';

/**
 * Codes after which the same card can never pay, and Stripe tries it no more
 * (https://docs.stripe.com/billing/revenue-recovery/smart-retries, and by their meaning in
 * https://docs.stripe.com/declines/codes). One that only waits for the customer is none [R11.4].
 */
const HARD_DECLINES = [
  'card_not_supported',
  'highest_risk_level',
  'incorrect_number',
  'invalid_account',
  'invalid_number',
  'lost_card',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'stop_payment_order',
  'transaction_not_allowed',
];

export const isHardDecline = (code: string | null): boolean => code !== null && HARD_DECLINES.includes(code);

/**
 * Stripe's code for why what is charged next cannot pay what is overdue; null = it may, or there is
 * another card by now.
 */
export function cardDeadBy({ overdue, methodId }: SubscriptionBilling): string | null {
  const dead = overdue.find((one) => isHardDecline(one.declineCode) && one.methodId !== undefined);
  const isSame = methodId == null || methodId === dead?.methodId;
  return dead && isSame ? dead.declineCode : null;
}
