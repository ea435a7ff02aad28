/**
 * The stored objects: the fields that the sandbox itself reads or changes, named as in Stripe's API. The full shapes are made in `shapes/`.
 * Fields that begin with an underscore are the sandbox's own and never leave it. Instants are Unix seconds; amounts are minor units.
 */
export type Metadata = Record<string, string>;

export interface Doc {
  id: string;
  object: string;
  created: number;
  /** The test clock by which this object lives; absent: real time. */
  _clock?: string | null;
}

export interface ApiList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface Recurring {
  interval: Interval;
  interval_count: number;
}

export interface Product extends Doc {
  object: 'product';
  name: string;
  description: string | null;
  active: boolean;
  metadata: Metadata;
  updated: number;
}

export interface Price extends Doc {
  object: 'price';
  active: boolean;
  currency: string;
  product: string;
  recurring: Recurring | null;
  type: 'recurring' | 'one_time';
  unit_amount: number;
  lookup_key: string | null;
  nickname: string | null;
  metadata: Metadata;
}

export interface Customer extends Doc {
  object: 'customer';
  email: string | null;
  name: string | null;
  balance: number;
  currency: string | null;
  invoice_prefix: string;
  next_invoice_sequence: number;
  invoice_settings: { default_payment_method: string | null };
  metadata: Metadata;
  test_clock: string | null;
}

export interface PaymentMethod extends Doc {
  object: 'payment_method';
  type: 'card';
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number; funding: string };
  billing_details: { name: string | null; email: string | null };
  metadata: Metadata;
  _number: string;
  /** 3-D Secure was passed while the card was set up for later payments. */
  _authenticated: boolean;
}

export interface SubscriptionItem {
  id: string;
  object: 'subscription_item';
  current_period_start: number;
  current_period_end: number;
  billed_until?: number;
  price: Price;
  quantity: number;
  metadata: Metadata;
}

export type SubscriptionStatus =
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
  cancellation_details: { comment: string | null; feedback: string | null; reason: string | null };
  currency: string;
  customer: string;
  default_payment_method: string | null;
  description: string | null;
  ended_at: number | null;
  items: ApiList<SubscriptionItem>;
  latest_invoice: string | null;
  metadata: Metadata;
  pause_collection: PauseCollection | null;
  status: SubscriptionStatus;
  test_clock: string | null;
  trial_end: number | null;
  trial_settings: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } };
  trial_start: number | null;
  _trialNoticeSent: boolean;
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

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';

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
  total: number;
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
}

export interface InvoicePayment extends Doc {
  object: 'invoice_payment';
  amount_paid: number | null;
  amount_requested: number;
  currency: string;
  invoice: string;
  payment: { type: 'payment_intent'; payment_intent: string };
  status: 'open' | 'paid' | 'canceled';
  status_transitions: { canceled_at: number | null; paid_at: number | null };
}

export interface ApiErrorBody {
  type: string;
  code?: string;
  decline_code?: string;
  message: string;
  param?: string;
  [extra: string]: unknown;
}

export interface PaymentIntent extends Doc {
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  canceled_at: number | null;
  cancellation_reason: string | null;
  currency: string;
  customer: string | null;
  description: string | null;
  last_payment_error: ApiErrorBody | null;
  latest_charge: string | null;
  metadata: Metadata;
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string | null } } | null;
  payment_method: string | null;
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled';
  _invoice: string | null;
}

export interface SetupIntent extends Doc {
  object: 'setup_intent';
  customer: string | null;
  metadata: Metadata;
  payment_method: string | null;
  status: 'requires_payment_method' | 'succeeded' | 'canceled';
}

export interface Charge extends Doc {
  object: 'charge';
  amount: number;
  amount_refunded: number;
  currency: string;
  customer: string | null;
  disputed: boolean;
  failure_code: string | null;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string;
  refunded: boolean;
  status: 'succeeded' | 'failed';
}

export interface Refund extends Doc {
  object: 'refund';
  amount: number;
  charge: string;
  currency: string;
  customer: string | null;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  reason: string | null;
  status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  _settles: { at: number; as: 'succeeded' | 'failed' } | null;
}

export interface Dispute extends Doc {
  object: 'dispute';
  amount: number;
  charge: string;
  currency: string;
  evidence: Record<string, string | null>;
  is_charge_refundable: boolean;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status: 'needs_response' | 'under_review' | 'warning_needs_response' | 'warning_closed' | 'won' | 'lost';
}

export interface SessionLine {
  id: string;
  object: 'item';
  amount_total: number;
  currency: string;
  description: string | null;
  price: Price;
  quantity: number;
}

export interface CheckoutSession extends Doc {
  object: 'checkout.session';
  amount_total: number | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string | null;
  customer: string | null;
  customer_creation: 'always' | 'if_required' | null;
  customer_details: { email: string | null; name: string | null } | null;
  customer_email: string | null;
  expires_at: number;
  invoice: string | null;
  metadata: Metadata;
  mode: 'payment' | 'setup' | 'subscription';
  payment_intent: string | null;
  payment_method_collection: 'always' | 'if_required' | null;
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  setup_intent: string | null;
  status: 'open' | 'complete' | 'expired';
  subscription: string | null;
  success_url: string | null;
  url: string | null;
  _lines: SessionLine[];
  _subscriptionData: {
    metadata?: Metadata;
    description?: string;
    trialEnd?: number;
    trialDays?: number;
    missingMethod?: 'cancel' | 'create_invoice' | 'pause';
  };
  _intentData: { metadata?: Metadata; description?: string; setupFutureUsage?: string };
  /** The card that waits for its 3-D Secure step. */
  _pendingMethod: string | null;
}

export interface StripeEvent extends Doc {
  object: 'event';
  account?: string;
  api_version: string;
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface WebhookEndpoint extends Doc {
  object: 'webhook_endpoint';
  api_version: string | null;
  description: string | null;
  enabled_events: string[];
  metadata: Metadata;
  status: 'enabled' | 'disabled';
  url: string;
  _secret: string;
  _connect: boolean;
}

export interface TestClock extends Doc {
  object: 'test_helpers.test_clock';
  frozen_time: number;
  name: string | null;
  status: 'ready' | 'advancing' | 'internal_failure';
  status_details: Record<string, unknown>;
  /** Where the clock is being moved to, and how far it has come. */
  _advance: { to: number; at: number } | null;
}

export interface Docs {
  product: Product;
  price: Price;
  customer: Customer;
  payment_method: PaymentMethod;
  subscription: Subscription;
  invoice: Invoice;
  invoiceitem: InvoiceItem;
  invoice_payment: InvoicePayment;
  payment_intent: PaymentIntent;
  setup_intent: SetupIntent;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  'checkout.session': CheckoutSession;
  event: StripeEvent;
  webhook_endpoint: WebhookEndpoint;
  'test_helpers.test_clock': TestClock;
}

export type Kind = keyof Docs;
export type AnyDoc = Docs[Kind];
