import type { Shown } from '../data/doc.ts';
import type { Coupon, Discount, Metadata, PromotionCode } from '../data/docs.ts';
import { newId } from '../data/ids.ts';

type CouponInput = { [Name in keyof Coupon]?: Coupon[Name] | undefined } & { duration: Coupon['duration'] };

export function newCoupon(input: CouponInput, at: number): Shown<Coupon> {
  return {
    id: input.id ?? newId('coupon').slice(7, 15).toUpperCase(),
    object: 'coupon',
    amount_off: input.amount_off ?? null,
    created: at,
    currency: input.currency?.toLowerCase() ?? null,
    duration: input.duration,
    duration_in_months: input.duration_in_months ?? null,
    livemode: false,
    max_redemptions: input.max_redemptions ?? null,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    percent_off: input.percent_off ?? null,
    redeem_by: input.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
}

export interface PromotionCodeInput {
  coupon: string;
  active?: boolean | undefined;
  code?: string | undefined;
  customer?: string | undefined;
  expires_at?: number | undefined;
  max_redemptions?: number | undefined;
  metadata?: Metadata | undefined;
  firstTime?: boolean | undefined;
}

export function newPromotionCode(input: PromotionCodeInput, at: number): Shown<PromotionCode> {
  const id = newId('promotion_code');
  return {
    id,
    object: 'promotion_code',
    active: input.active ?? true,
    code: input.code ?? id.slice(-8).toUpperCase(),
    created: at,
    customer: input.customer ?? null,
    customer_account: null,
    expires_at: input.expires_at ?? null,
    livemode: false,
    max_redemptions: input.max_redemptions ?? null,
    metadata: input.metadata ?? {},
    promotion: { coupon: input.coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: input.firstTime ?? false,
      minimum_amount: null,
      minimum_amount_currency: null,
    },
    times_redeemed: 0,
  };
}

export interface DiscountInput {
  coupon: Coupon;
  promotion: PromotionCode | null;
  customer: string | null;
  subscription: string | null;
  session: string | null;
  end: number | null;
  clock: string | null;
}

export function newDiscount(input: DiscountInput, at: number): Shown<Discount> {
  return {
    id: newId('discount'),
    object: 'discount',
    checkout_session: input.session,
    created: at,
    customer: input.customer,
    customer_account: null,
    end: input.end,
    invoice: null,
    invoice_item: null,
    promotion_code: input.promotion?.id ?? null,
    source: { coupon: input.coupon.id, type: 'coupon' },
    start: at,
    subscription: input.subscription,
    subscription_item: null,
    _clock: input.clock,
    _coupon: input.coupon,
  };
}
