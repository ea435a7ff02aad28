import { unchargeable } from './chargeable.ts';
import { lessened, type Discount } from './discount.ts';
import type { Instant } from './instant.ts';
import { chargedAtOnce, paidOnce, soldPerPeriod, type Price } from './price.ts';

/** A code of an account: what it takes off, for whom, for what and until when [R4.6]. */
export type PromotionCodeTerms = Discount & {
  /** null = for all offers. */
  offerIds: string[] | null;
  /** It holds before this; null = without end. */
  endsAt: Instant | null;
  /** null = any number. */
  maxUses: number | null;
  oncePerContact: boolean;
  firstPurchaseOnly: boolean;
  /** When somebody ended it. */
  endedAt: Instant | null;
};

export const CODE_STATES = ['active', 'ended', 'used_up'] as const;
export type CodeState = (typeof CODE_STATES)[number];

type Limits = Pick<PromotionCodeTerms, 'endsAt' | 'endedAt' | 'maxUses'>;

export function stateOfCode({ endsAt, endedAt, maxUses }: Limits, uses: number, now: Instant): CodeState {
  if (endedAt !== null || (endsAt !== null && endsAt <= now)) return 'ended';
  return maxUses !== null && uses >= maxUses ? 'used_up' : 'active';
}

/** Why a code does not hold, in words that follow "The code". */
export const CODE_REFUSALS = {
  promotion_code_unknown: 'is not known here.',
  promotion_code_ended: 'has ended.',
  promotion_code_used_up: 'has been used as often as it may be.',
  promotion_code_other_offer: 'is not for this offer.',
  promotion_code_other_currency: 'takes off an amount of another currency.',
  promotion_code_too_much: 'would leave less to pay than can be charged.',
  promotion_code_used_by_contact: 'can be used once by each person, and this one has used it.',
  promotion_code_first_purchase_only: 'is for a first purchase, and this person has bought before.',
  promotion_code_refused: 'is not taken by Stripe.',
} as const;
export type CodeRefusal = keyof typeof CODE_REFUSALS;

/**
 * Why it does not hold for a person: what nobody but they may learn [R5.7]. Stripe judges as well
 * whether a purchase is their first, and does not say that this was its reason.
 */
export const PERSONAL_REFUSALS = [
  'promotion_code_used_by_contact',
  'promotion_code_first_purchase_only',
  'promotion_code_refused',
] as const satisfies CodeRefusal[];
export type PersonalRefusal = (typeof PERSONAL_REFUSALS)[number];

type Sale = { offerId: string; price: Price; uses: number; now: Instant };

/** Whether it holds for an offer, whoever buys it; null = it does. */
export function refusesSale(code: PromotionCodeTerms, { offerId, price, uses, now }: Sale): CodeRefusal | null {
  const state = stateOfCode(code, uses, now);
  if (state === 'ended') return 'promotion_code_ended';
  if (state === 'used_up') return 'promotion_code_used_up';
  return refusesOffer(code, { offerId, price });
}

/** Whether it holds for an offer, as it is and however often it was used; null = it does. */
export function refusesOffer(
  code: Discount & Pick<PromotionCodeTerms, 'offerIds'>,
  { offerId, price }: Pick<Sale, 'offerId' | 'price'>,
): CodeRefusal | null {
  if (code.offerIds !== null && !code.offerIds.includes(offerId)) return 'promotion_code_other_offer';
  const charges = [chargedAtOnce(price), soldPerPeriod(price) ?? paidOnce(price)].filter((charge) => charge !== null);
  if (code.currency !== null && charges.some(({ currency }) => currency !== code.currency))
    return 'promotion_code_other_currency';
  const isTooLittle = charges.some((charge) => {
    const left = lessened(charge, [code]);
    return left > 0 && unchargeable(left, charge.currency) !== null;
  });
  return isTooLittle ? 'promotion_code_too_much' : null;
}

/** Whether it holds for a person; `hasUsed` and `hasBought`: by what our own records say. */
export function refusesBuyer(
  { oncePerContact, firstPurchaseOnly }: PromotionCodeTerms,
  { hasUsed, hasBought }: { hasUsed: boolean; hasBought: boolean },
): PersonalRefusal | null {
  if (oncePerContact && hasUsed) return 'promotion_code_used_by_contact';
  return firstPurchaseOnly && hasBought ? 'promotion_code_first_purchase_only' : null;
}
