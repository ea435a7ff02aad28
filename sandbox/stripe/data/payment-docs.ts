import type { ApiErrorBody } from '../protocol/fault.ts';
import type { Doc, Metadata, Shown } from './doc.ts';

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
  status:
    'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  _invoice: string | null;
  /** The page on which it was tried and not paid. */
  _session?: string | undefined;
}

export interface SetupIntent extends Doc {
  object: 'setup_intent';
  customer: string | null;
  last_setup_error: ApiErrorBody | null;
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
  failure_reason?: string | undefined;
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
  evidence: Record<string, unknown>;
  is_charge_refundable: boolean;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status:
    | 'needs_response'
    | 'under_review'
    | 'warning_needs_response'
    | 'warning_under_review'
    | 'warning_closed'
    | 'won'
    | 'lost';
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

export interface PaymentMethod extends Doc {
  object: 'payment_method';
  type: 'card';
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number; funding: string };
  billing_details: Shown<{ name: string | null; email: string | null }>;
  metadata: Metadata;
  _number: string;
  /** 3-D Secure was passed while the card was set up for later payments. */
  _authenticated: boolean;
}
