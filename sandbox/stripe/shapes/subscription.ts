import type { Customer, Metadata, Price, Subscription, SubscriptionItem } from '../data/docs.ts';
import { newId } from '../data/ids.ts';

export interface NewSubscriptionInput {
  customer: Customer;
  items: { price: Price; quantity: number; metadata?: Metadata }[];
  period: { start: number; end: number };
  anchor: number;
  trialEnd: number | null;
  metadata: Metadata;
  description: string | null;
  defaultPaymentMethod: string | null;
  missingMethod: 'cancel' | 'create_invoice' | 'pause';
}

export function newSubscription(input: NewSubscriptionInput, at: number): Subscription {
  const id = newId('subscription');
  const { customer, trialEnd } = input;
  const items = input.items.map((item) => newItem(id, item, input.period, at));
  return {
    id,
    object: 'subscription',
    ...{
      application: null,
      application_fee_percent: null,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    },
    billing_cycle_anchor: input.anchor,
    ...{
      billing_cycle_anchor_config: null,
      billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    },
    ...{ billing_schedules: [], billing_thresholds: null, collection_method: 'charge_automatically' },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { ...{ feedback_option: null }, comment: null, feedback: null, reason: null },
    created: at,
    currency: items[0]!.price.currency,
    customer: customer.id,
    ...{ customer_account: null, days_until_due: null, default_source: null, default_tax_rates: [], discounts: [] },
    default_payment_method: input.defaultPaymentMethod,
    description: input.description,
    ended_at: null,
    ...{
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
    },
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    ...{ livemode: false, managed_payments: null, next_pending_invoice_item_invoice: null, on_behalf_of: null },
    metadata: input.metadata,
    pause_collection: null,
    ...{
      payment_settings: {
        payment_method_options: null,
        payment_method_types: null,
        save_default_payment_method: 'off',
      },
    },
    ...{
      pending_invoice_item_interval: null,
      pending_setup_intent: null,
      pending_update: null,
      schedule: null,
      start_date: at,
    },
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: customer.test_clock,
    ...{ transfer_data: null },
    trial_end: trialEnd,
    trial_settings: { end_behavior: { missing_payment_method: input.missingMethod } },
    trial_start: trialEnd === null ? null : at,
    _clock: customer.test_clock,
    _trialNoticeSent: false,
  };
}

function newItem(
  subscription: string,
  item: { price: Price; quantity: number; metadata?: Metadata },
  period: { start: number; end: number },
  at: number,
): SubscriptionItem {
  const { price } = item;
  return {
    id: newId('subscription_item'),
    object: 'subscription_item',
    ...{
      billing_thresholds: null,
      created: at,
      current_trial: null,
      discounts: [],
      tax_rates: [],
      subscription,
      plan: planOf(price),
    },
    billed_until: period.end,
    current_period_end: period.end,
    current_period_start: period.start,
    metadata: item.metadata ?? {},
    price,
    quantity: item.quantity,
  };
}

/** The old-style `plan` that items still carry beside `price`. */
function planOf(price: Price) {
  return {
    ...{
      id: price.id,
      object: 'plan',
      active: price.active,
      amount: price.unit_amount,
      amount_decimal: String(price.unit_amount),
    },
    ...{
      billing_scheme: 'per_unit',
      created: price.created,
      currency: price.currency,
      interval: price.recurring?.interval,
    },
    ...{
      interval_count: price.recurring?.interval_count,
      livemode: false,
      metadata: price.metadata,
      meter: null,
      nickname: price.nickname,
    },
    ...{
      product: price.product,
      tiers_mode: null,
      transform_usage: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
  };
}
