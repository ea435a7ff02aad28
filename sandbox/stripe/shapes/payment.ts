import type {
  ApiErrorBody,
  Charge,
  InvoicePayment,
  Metadata,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from '../data/docs.ts';
import { newId, newSecret } from '../data/ids.ts';

export interface IntentInput {
  amount: number;
  currency: string;
  customer: string | null;
  clock: string | null;
  description?: string | null;
  metadata?: Metadata;
  invoice?: string | null;
  setup_future_usage?: string | null;
}

export function newPaymentIntent(input: IntentInput, at: number): PaymentIntent {
  const id = newId('payment_intent');
  return {
    id,
    object: 'payment_intent',
    amount: input.amount,
    ...{
      allowed_payment_method_types: null,
      amount_capturable: 0,
      amount_details: { tip: {} },
      application: null,
      application_fee_amount: null,
    },
    amount_received: 0,
    ...{
      automatic_payment_methods: null,
      capture_method: 'automatic',
      client_secret: newSecret(`${id}_secret`),
      confirmation_method: 'automatic',
    },
    canceled_at: null,
    cancellation_reason: null,
    created: at,
    currency: input.currency,
    customer: input.customer,
    ...{
      customer_account: null,
      excluded_payment_method_types: null,
      livemode: false,
      managed_payments: null,
      on_behalf_of: null,
    },
    description: input.description ?? null,
    last_payment_error: null,
    latest_charge: null,
    metadata: input.metadata ?? {},
    next_action: null,
    payment_method: null,
    ...{
      payment_method_configuration_details: null,
      payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    },
    ...{ payment_method_types: ['card'], payment_record: null, processing: null, receipt_email: null, review: null },
    ...{
      setup_future_usage: input.setup_future_usage ?? null,
      shipping: null,
      source: null,
      statement_descriptor: null,
    },
    ...{ statement_descriptor_suffix: null, transfer_data: null, transfer_group: null },
    status: 'requires_payment_method',
    _clock: input.clock,
    _invoice: input.invoice ?? null,
  };
}

export function newSetupIntent(
  input: { customer: string | null; clock: string | null; metadata: Metadata },
  at: number,
): SetupIntent {
  const id = newId('setup_intent');
  return {
    id,
    object: 'setup_intent',
    ...{
      allowed_payment_method_types: null,
      application: null,
      automatic_payment_methods: null,
      cancellation_reason: null,
    },
    ...{
      client_secret: newSecret(`${id}_secret`),
      customer_account: null,
      description: null,
      excluded_payment_method_types: null,
    },
    ...{
      flow_directions: null,
      last_setup_error: null,
      latest_attempt: null,
      livemode: false,
      mandate: null,
      next_action: null,
    },
    ...{
      on_behalf_of: null,
      payment_method_configuration_details: null,
      payment_method_options: {},
      payment_method_types: ['card'],
    },
    ...{ single_use_mandate: null, usage: 'off_session' },
    created: at,
    customer: input.customer,
    metadata: input.metadata,
    payment_method: null,
    status: 'requires_payment_method',
    _clock: input.clock,
  };
}

export function newCharge(
  intent: PaymentIntent,
  method: PaymentMethod,
  error: ApiErrorBody | null,
  at: number,
): Charge {
  const id = newId('charge');
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    ...{
      amount_captured: error ? 0 : intent.amount,
      application: null,
      application_fee: null,
      application_fee_amount: null,
    },
    amount_refunded: 0,
    ...{
      balance_transaction: null,
      billing_details: method.billing_details,
      calculated_statement_descriptor: 'SANDBOX',
      captured: !error,
    },
    created: at,
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    ...{
      description: intent.description,
      failure_balance_transaction: null,
      failure_message: error?.message ?? null,
      fraud_details: {},
    },
    failure_code: error?.code ?? null,
    ...{ livemode: false, on_behalf_of: null, outcome: outcomeOf(error), paid: !error },
    metadata: intent.metadata,
    payment_intent: intent.id,
    payment_method: method.id,
    ...{
      payment_method_details: {
        card: { ...method.card, mandate: null, network: method.card.brand, three_d_secure: null },
        type: 'card',
      },
    },
    ...{
      receipt_email: null,
      receipt_number: null,
      receipt_url: null,
      review: null,
      shipping: null,
      source: null,
      source_transfer: null,
    },
    ...{ statement_descriptor: null, statement_descriptor_suffix: null, transfer_data: null, transfer_group: null },
    refunded: false,
    status: error ? 'failed' : 'succeeded',
    _clock: intent._clock ?? null,
  };
}

function outcomeOf(error: ApiErrorBody | null) {
  const shared = { advice_code: null, network_advice_code: null, network_decline_code: null, risk_level: 'normal' };
  if (!error) {
    return {
      ...shared,
      network_status: 'approved_by_network',
      reason: null,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  const reason = error.decline_code ?? error.code ?? null;
  return {
    ...shared,
    network_status: 'declined_by_network',
    reason,
    seller_message: error.message,
    type: 'issuer_declined',
  };
}

export function newInvoicePayment(
  invoice: { id: string; amount_remaining: number; currency: string; _clock?: string | null },
  intent: string,
  at: number,
): InvoicePayment {
  return {
    id: newId('invoice_payment'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: at,
    currency: invoice.currency,
    invoice: invoice.id,
    ...{ is_default: true, livemode: false },
    payment: { type: 'payment_intent', payment_intent: intent },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
    _clock: invoice._clock ?? null,
  };
}
