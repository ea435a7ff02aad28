import type { Price } from './catalog-docs.ts';
import type { Doc, Metadata } from './doc.ts';

export interface SessionLine {
  id: string;
  object: 'item';
  amount_total: number;
  currency: string;
  description: string | null;
  price: Price;
  quantity: number;
}

/** By its link an expired session is begun anew; it comes with the expiry, and lasts 30 days. */
export interface Recovery {
  allow_promotion_codes: boolean;
  enabled: boolean;
  expires_at: number | null;
  url: string | null;
}

export interface CheckoutSession extends Doc {
  object: 'checkout.session';
  after_expiration: { recovery: Recovery | null } | null;
  amount_total: number | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string | null;
  custom_text: { submit: { message: string } | null };
  customer: string | null;
  customer_creation: 'always' | 'if_required' | null;
  customer_details: { email: string | null; name: string | null } | null;
  customer_email: string | null;
  discounts: { coupon: string | null; promotion_code: string | null }[];
  expires_at: number;
  invoice: string | null;
  invoice_creation: {
    enabled: boolean;
    invoice_data: { description: string | null; metadata: Metadata | null };
  } | null;
  metadata: Metadata;
  mode: 'payment' | 'setup' | 'subscription';
  payment_intent: string | null;
  payment_method_collection: 'always' | 'if_required' | null;
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  recovered_from: string | null;
  setup_intent: string | null;
  status: 'open' | 'complete' | 'expired';
  subscription: string | null;
  success_url: string | null;
  url: string | null;
  _lines: SessionLine[];
  _subscriptionData: {
    metadata?: Metadata | undefined;
    description?: string | undefined;
    trialEnd?: number | undefined;
    trialDays?: number | undefined;
    missingMethod?: 'cancel' | 'create_invoice' | 'pause' | undefined;
  };
  _intentData: {
    metadata?: Metadata | undefined;
    description?: string | undefined;
    setupFutureUsage?: string | undefined;
  };
  /** The card that waits for its 3-D Secure step. */
  _pendingMethod: string | null;
}

export interface StripeEvent extends Doc {
  object: 'event';
  account?: string | undefined;
  api_version: string;
  data: { object: unknown; previous_attributes?: Record<string, unknown> | undefined };
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
