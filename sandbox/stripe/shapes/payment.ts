import type { Shown } from '../data/doc.ts';
import type {
  Charge,
  Invoice,
  InvoicePayment,
  Metadata,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from '../data/docs.ts';
import { newId, newSecret } from '../data/ids.ts';
import type { ApiErrorBody } from '../protocol/fault.ts';
import { CHARGE_CONSTANTS, PAYMENT_INTENT_CONSTANTS, SETUP_INTENT_CONSTANTS } from './payment-constants.ts';

export interface IntentInput {
  amount: number;
  currency: string;
  customer: string | null;
  clock: string | null;
  description?: string | null | undefined;
  metadata?: Metadata | undefined;
  invoice?: string | null;
  setup_future_usage?: string | null | undefined;
}

export function newPaymentIntent(input: IntentInput, at: number): PaymentIntent {
  const id = newId('payment_intent');
  const more = { client_secret: newSecret(`${id}_secret`), setup_future_usage: input.setup_future_usage ?? null };
  return {
    id,
    object: 'payment_intent',
    ...PAYMENT_INTENT_CONSTANTS,
    ...more,
    amount: input.amount,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    created: at,
    currency: input.currency,
    customer: input.customer,
    description: input.description ?? null,
    last_payment_error: null,
    latest_charge: null,
    metadata: input.metadata ?? {},
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
    _clock: input.clock,
    _invoice: input.invoice ?? null,
  };
}

export interface SetupInput {
  customer: string | null;
  clock: string | null;
  metadata: Metadata;
}

export function newSetupIntent(input: SetupInput, at: number): Shown<SetupIntent> {
  const id = newId('setup_intent');
  return {
    id,
    object: 'setup_intent',
    ...SETUP_INTENT_CONSTANTS,
    client_secret: newSecret(`${id}_secret`),
    created: at,
    customer: input.customer,
    last_setup_error: null,
    metadata: input.metadata,
    payment_method: null,
    status: 'requires_payment_method',
    _clock: input.clock,
  };
}

/** The record of one attempt: with `error`, a failed one. */
export function newCharge(
  intent: PaymentIntent,
  method: PaymentMethod,
  error: ApiErrorBody | null,
  at: number,
): Shown<Charge> {
  return {
    id: newId('charge'),
    object: 'charge',
    ...CHARGE_CONSTANTS,
    amount_captured: error ? 0 : intent.amount,
    captured: !error,
    paid: !error,
    outcome: outcomeOf(error),
    billing_details: method.billing_details,
    payment_method_details: detailsOf(method),
    description: intent.description,
    failure_message: error?.message ?? null,
    amount: intent.amount,
    amount_refunded: 0,
    created: at,
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    failure_code: error?.code ?? null,
    metadata: intent.metadata,
    payment_intent: intent.id,
    payment_method: method.id,
    refunded: false,
    status: error ? 'failed' : 'succeeded',
    _clock: intent._clock ?? null,
  };
}

function detailsOf(method: PaymentMethod) {
  const { brand, exp_month, exp_year, funding, last4 } = method.card;
  const shared = { checks: null, country: 'US', fingerprint: null, installments: null, mandate: null, wallet: null };
  return {
    card: { ...shared, brand, exp_month, exp_year, funding, last4, network: brand, three_d_secure: null },
    type: 'card',
  };
}

const OUTCOME = { advice_code: null, network_advice_code: null, network_decline_code: null, risk_level: 'normal' };

function outcomeOf(error: ApiErrorBody | null) {
  if (!error) {
    const message = { seller_message: 'Payment complete.', type: 'authorized' };
    return { ...OUTCOME, network_status: 'approved_by_network', reason: null, ...message };
  }
  const reason = error.decline_code ?? error.code ?? null;
  const message = { seller_message: error.message, type: 'issuer_declined' };
  return { ...OUTCOME, network_status: 'declined_by_network', reason, ...message };
}

/** What ties an invoice to the payment intent that pays it. */
export function newInvoicePayment(invoice: Invoice, intent: string, at: number): Shown<InvoicePayment> {
  return {
    id: newId('invoice_payment'),
    object: 'invoice_payment',
    is_default: true,
    livemode: false,
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: at,
    currency: invoice.currency,
    invoice: invoice.id,
    payment: { type: 'payment_intent', payment_intent: intent },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
    _clock: invoice._clock ?? null,
  };
}
