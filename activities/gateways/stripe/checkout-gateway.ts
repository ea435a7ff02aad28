import type { StripeObject } from '../../../workflows/domain/facts.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { LanguageCode } from '../../../emails/languages/codes.ts';
import type { Account } from './lists.ts';

export type CheckoutInput = {
  purchaseId: string;
  accountId: string;
  offerId: string;
  contactId: string;
  customerId: string;
  priceId: string;
  feePriceId: string | null;
  /** `payment`: it is paid once, with an invoice of its own. */
  mode: 'subscription' | 'payment';
  /** 0 = none. */
  trialDays: number;
  /** Stripe’s id of the promotion code that lessens it; absent = none. */
  stripePromotionId?: string | undefined;
  /** Said beside the button of Stripe's page. */
  note?: string | undefined;
  /** In which language Stripe's page is; absent = the browser's. */
  locale?: LanguageCode | undefined;
  successUrl: string;
  cancelUrl: string;
  /**
   * 30 minutes to 24 hours ahead of the session's creation; null = 24 hours. For a customer on a
   * test clock leave it to Stripe: the clock may be far from our time, and the answer says when.
   */
  expiresAt: Instant | null;
};

/** What is begun without Stripe's page, for the customer and on the card of a subscription. */
export type SubscribeInput = { purchaseId: string; accountId: string; priceId: string; likeSubscriptionId: string };

/**
 * For a new card only: nothing is bought. By its currency Stripe chooses what may be left there.
 */
export type SetupCheckoutInput = {
  customerId: string;
  /** Which it is to pay for; null = it is only kept. */
  purchaseId: string | null;
  currency: string;
  successUrl: string;
  cancelUrl: string;
};

/**
 * Makes the card of a session pay for a subscription. The session must be the purchase's own, and
 * recent enough at `now`.
 */
export type UseCardInput = {
  sessionId: string;
  customerId: string;
  purchaseId: string;
  subscriptionId: string;
  now: Instant;
};

/**
 * `amountMinor`: what is to be paid on the page itself, 0 with a trial; null where nothing is sold.
 */
export type CheckoutSession = {
  sessionId: string;
  url: string;
  expiresAt: Instant;
  amountMinor: number | null;
  currency: string | null;
};

/**
 * What was tried on the page of a session: nothing, a payment or card that was refused, or a
 * payment that was begun and neither refused nor made.
 */
export type CheckoutTry = 'nothing' | 'refused' | 'begun';

/**
 * What an expired session has come to; `recovery`: Stripe's link by which it is begun anew, and
 * until when; null = it has none.
 */
export type EndedCheckout = { tried: CheckoutTry; recovery: { url: string; until: Instant } | null };

/** What is asked of Stripe's pages on which an offer is bought, or a card is left. */
export type CheckoutGateway = {
  /** The paid invoice of what a session sold once; nothing while it is not paid. */
  readSale(sessionId: string, stripeAccount: Account): Promise<StripeObject[]>;
  /** The objects that a checkout has led to; none while it is not completed. */
  readCheckout(sessionId: string, stripeAccount: Account): Promise<string[]>;
  createCheckout(input: CheckoutInput, key: string, stripeAccount: Account): Promise<CheckoutSession>;
  createSetupCheckout(input: SetupCheckoutInput, key: string, stripeAccount: Account): Promise<CheckoutSession>;
  /**
   * Makes the card that was left the one that pays; null: the session is not completed, not
   * this purchase's, or over.
   */
  useCard(input: UseCardInput, stripeAccount: Account): Promise<string | null>;
  /** Ends an open session, unless it has been completed by then. */
  expireCheckout(sessionId: string, stripeAccount: Account): Promise<'expired' | 'completed'>;
  /** How a session ended that was not paid. @throws StripeMissing */
  endedCheckout(sessionId: string, stripeAccount: Account): Promise<EndedCheckout>;
};
