import type { Price } from './catalog-docs.ts';
import type { ApiList, Doc, Metadata } from './doc.ts';

export interface SubscriptionItem {
  id: string;
  object: 'subscription_item';
  current_period_start: number;
  current_period_end: number;
  billed_until?: number | undefined;
  price: Price;
  quantity: number;
  metadata: Metadata;
}

type SubscriptionStatus =
  'active' | 'canceled' | 'incomplete' | 'incomplete_expired' | 'past_due' | 'paused' | 'trialing' | 'unpaid';

export interface PauseCollection {
  behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void';
  resumes_at: number | null;
}

export interface Subscription extends Doc {
  object: 'subscription';
  billing_cycle_anchor: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  cancellation_details: {
    comment: string | null;
    feedback: string | null;
    feedback_option: string | null;
    reason: string | null;
  };
  currency: string;
  customer: string;
  default_payment_method: string | null;
  description: string | null;
  discounts: string[];
  ended_at: number | null;
  items: ApiList<SubscriptionItem>;
  latest_invoice: string | null;
  metadata: Metadata;
  pause_collection: PauseCollection | null;
  /** The schedule that will change it; absent in what was stored before there were any. */
  schedule?: string | null | undefined;
  status: SubscriptionStatus;
  test_clock: string | null;
  trial_end: number | null;
  trial_settings: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } };
  trial_start: number | null;
  _trialNoticeSent: boolean;
}

export interface SchedulePhase {
  start_date: number;
  end_date: number;
  items: { price: string; quantity: number }[];
  /** The whole list of them in it; absent in what was stored before phases had any. */
  discounts?: { coupon: string | null; discount: string | null; promotion_code: string | null }[] | undefined;
}

/** What a subscription becomes, phase by phase. */
export interface SubscriptionSchedule extends Doc {
  object: 'subscription_schedule';
  canceled_at: number | null;
  current_phase: { start_date: number; end_date: number } | null;
  customer: string;
  end_behavior: 'cancel' | 'release';
  metadata: Metadata;
  phases: SchedulePhase[];
  released_at: number | null;
  released_subscription: string | null;
  status: 'active' | 'canceled' | 'released';
  subscription: string | null;
  test_clock: string | null;
}

export interface InvoiceLine {
  id: string;
  object: 'line_item';
  amount: number;
  currency: string;
  description: string | null;
  period: { start: number; end: number };
  quantity: number | null;
}

type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';

export interface Invoice extends Doc {
  object: 'invoice';
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  automatically_finalizes_at: number | null;
  billing_reason: string;
  currency: string;
  customer: string;
  default_payment_method: string | null;
  effective_at: number | null;
  ending_balance: number | null;
  hosted_invoice_url: string | null;
  lines: ApiList<InvoiceLine>;
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string | null;
  parent: { subscription_details: { subscription: string; metadata: Metadata } | null } | null;
  starting_balance: number;
  status: InvoiceStatus;
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  test_clock: string | null;
  subtotal: number;
  total: number;
  total_discount_amounts: { amount: number; discount: string }[];
}

/** A proration that waits for the subscription's next invoice. */
export interface InvoiceItem extends Doc {
  object: 'invoiceitem';
  amount: number;
  currency: string;
  customer: string;
  description: string | null;
  invoice: string | null;
  subscription: string;
  period: { start: number; end: number };
  _item: string;
  _isNet?: boolean | undefined;
}
