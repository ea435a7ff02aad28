import type { CheckoutSession, Customer, Metadata, SessionLine } from '../data/docs.ts';
import { newId } from '../data/ids.ts';

export interface SessionInput {
  mode: CheckoutSession['mode'];
  customer: Customer | null;
  lines: SessionLine[];
  amountNow: number;
  expiresAt: number;
  publicUrl: string;
  success_url: string;
  cancel_url?: string;
  client_reference_id?: string;
  customer_email?: string;
  customer_creation?: 'always' | 'if_required';
  payment_method_collection?: 'always' | 'if_required';
  currency?: string;
  metadata?: Metadata;
}

const UNUSED = {
  ...{
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
  },
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  ...{
    billing_address_collection: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
  },
  ...{
    currency_conversion: null,
    custom_fields: [],
    customer_account: null,
    discounts: [],
    integration_identifier: null,
  },
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  ...{
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    origin_context: null,
    payment_link: null,
  },
  ...{
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    permissions: null,
  },
  ...{ phone_number_collection: { enabled: false }, recovered_from: null, saved_payment_method_options: null },
  ...{
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    submit_type: null,
    wallet_options: null,
  },
  ui_mode: 'hosted_page',
};

export function newCheckoutSession(input: SessionInput, at: number): CheckoutSession {
  const id = newId('checkout.session');
  const { customer, mode } = input;
  const priced = mode !== 'setup';
  const email = customer?.email ?? input.customer_email ?? null;
  return {
    id,
    object: 'checkout.session',
    ...UNUSED,
    ...{ amount_subtotal: priced ? input.amountNow : null },
    ...{ total_details: priced ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null },
    amount_total: priced ? input.amountNow : null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    created: at,
    currency: input.lines[0]?.currency ?? input.currency?.toLowerCase() ?? null,
    customer: customer?.id ?? null,
    customer_creation: customer
      ? null
      : (input.customer_creation ?? (mode === 'subscription' ? 'always' : 'if_required')),
    customer_details:
      email === null
        ? null
        : { ...{ address: null, phone: null, tax_exempt: 'none', tax_ids: [] }, email, name: customer?.name ?? null },
    customer_email: input.customer_email ?? null,
    expires_at: input.expiresAt,
    invoice: null,
    metadata: input.metadata ?? {},
    mode,
    payment_intent: null,
    payment_method_collection: mode === 'subscription' ? (input.payment_method_collection ?? 'always') : 'if_required',
    payment_status: priced ? 'unpaid' : 'no_payment_required',
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
