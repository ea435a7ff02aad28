import type { Shown } from '../data/doc.ts';
import type { CheckoutSession, Customer, Metadata, SessionLine } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { CHECKOUT_SESSION_CONSTANTS } from './billing-constants.ts';

export interface SessionInput {
  mode: CheckoutSession['mode'];
  customer: Customer | null;
  lines: SessionLine[];
  amountNow: number;
  amountOff: number;
  discounts: CheckoutSession['discounts'];
  expiresAt: number;
  publicUrl: string;
  success_url: string;
  cancel_url?: string | undefined;
  client_reference_id?: string | undefined;
  customer_email?: string | undefined;
  customer_creation?: 'always' | 'if_required' | undefined;
  payment_method_collection?: 'always' | 'if_required' | undefined;
  currency?: string | undefined;
  metadata?: Metadata | undefined;
  invoice_creation?: InvoiceCreation | undefined;
  after_expiration?: { recovery?: { enabled: boolean } | undefined } | undefined;
  custom_text?: { submit?: { message: string } | undefined } | undefined;
}

export interface InvoiceCreation {
  enabled: boolean;
  invoice_data?: { description?: string | undefined; metadata?: Metadata | undefined } | undefined;
}

export function newCheckoutSession(input: SessionInput, at: number): Shown<CheckoutSession> {
  const id = newId('checkout.session');
  const { customer, mode } = input;
  const creation = input.customer_creation ?? (mode === 'subscription' ? 'always' : 'if_required');
  return {
    id,
    object: 'checkout.session',
    ...CHECKOUT_SESSION_CONSTANTS,
    ...amountsOf(input),
    ...recoveryOf(input),
    discounts: input.discounts,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    custom_text: { ...CHECKOUT_SESSION_CONSTANTS.custom_text, submit: input.custom_text?.submit ?? null },
    created: at,
    currency: input.lines[0]?.currency ?? input.currency?.toLowerCase() ?? null,
    customer: customer?.id ?? null,
    customer_creation: customer ? null : creation,
    customer_details: detailsOf(input),
    customer_email: input.customer_email ?? null,
    expires_at: input.expiresAt,
    invoice: null,
    invoice_creation: mode === 'payment' ? invoiceCreationOf(input.invoice_creation) : null,
    metadata: input.metadata ?? {},
    mode,
    payment_intent: null,
    payment_method_collection: mode === 'subscription' ? (input.payment_method_collection ?? 'always') : 'if_required',
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    setup_intent: null,
    status: 'open',
    subscription: null,
    success_url: input.success_url,
    url: `${input.publicUrl}/c/pay/${id}`,
    _clock: customer?.test_clock ?? null,
    _lines: input.lines,
    _subscriptionData: {},
    _intentData: {},
    _pendingMethod: null,
  };
}

/** A new session is no copy of another one. */
function recoveryOf({ after_expiration: asked }: SessionInput) {
  const unknown = { allow_promotion_codes: false, expires_at: null, url: null };
  const recovery = asked?.recovery && { ...unknown, enabled: asked.recovery.enabled };
  return { after_expiration: recovery ? { recovery } : null, recovered_from: null };
}

function amountsOf({ mode, amountNow, amountOff }: SessionInput) {
  if (mode === 'setup') return { amount_subtotal: null, amount_total: null, total_details: null };
  const total_details = { amount_discount: amountOff, amount_shipping: 0, amount_tax: 0 };
  return { amount_subtotal: amountNow, amount_total: amountNow - amountOff, total_details };
}

function invoiceCreationOf(asked: InvoiceCreation | undefined) {
  const { description, metadata } = asked?.invoice_data ?? {};
  const unused = { account_tax_ids: null, custom_fields: null, footer: null, issuer: null, rendering_options: null };
  const data = { ...unused, description: description ?? null, metadata: metadata ?? {} };
  return { enabled: asked?.enabled ?? false, invoice_data: data };
}

function detailsOf({ customer, customer_email }: SessionInput) {
  const email = customer?.email ?? customer_email ?? null;
  const unused = { address: null, phone: null, tax_exempt: 'none', tax_ids: [] };
  return email === null ? null : { ...unused, email, name: customer?.name ?? null };
}
