import type { Shown } from '../data/doc.ts';
import type { Customer, Metadata, Price, Subscription, SubscriptionItem } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { SUBSCRIPTION_CONSTANTS } from './billing-constants.ts';

export interface NewSubscriptionInput {
  customer: Customer;
  items: { price: Price; quantity: number; metadata?: Metadata | undefined }[];
  period: { start: number; end: number };
  anchor: number;
  trialEnd: number | null;
  metadata: Metadata;
  description: string | null;
  defaultPaymentMethod: string | null;
  missingMethod: 'cancel' | 'create_invoice' | 'pause';
}

export function newSubscription(input: NewSubscriptionInput, at: number): Shown<Subscription> {
  const id = newId('subscription');
  const { customer, trialEnd } = input;
  const items = input.items.map((item) => newItem(id, item, input.period, at));
  return {
    id,
    object: 'subscription',
    ...SUBSCRIPTION_CONSTANTS,
    start_date: at,
    billing_cycle_anchor: input.anchor,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { feedback_option: null, comment: null, feedback: null, reason: null },
    created: at,
    currency: items[0]!.price.currency,
    customer: customer.id,
    default_payment_method: input.defaultPaymentMethod,
    description: input.description,
    ended_at: null,
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    metadata: input.metadata,
    pause_collection: null,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: customer.test_clock,
    trial_end: trialEnd,
    trial_settings: { end_behavior: { missing_payment_method: input.missingMethod } },
    trial_start: trialEnd === null ? null : at,
    _clock: customer.test_clock,
    _trialNoticeSent: false,
  };
}

function newItem(
  subscription: string,
  item: { price: Price; quantity: number; metadata?: Metadata | undefined },
  period: { start: number; end: number },
  at: number,
): Shown<SubscriptionItem> {
  const { price } = item;
  return {
    id: newId('subscription_item'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: at,
    current_trial: null,
    discounts: [],
    tax_rates: [],
    subscription,
    plan: planOf(price),
    billed_until: period.end,
    current_period_end: period.end,
    current_period_start: period.start,
    metadata: item.metadata ?? {},
    price,
    quantity: item.quantity,
  };
}

/** The old-style `plan` that items still carry beside `price`. */
export function planOf(price: Price) {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: String(price.unit_amount),
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval,
    interval_count: price.recurring?.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}
