import type { Shown } from '../data/doc.ts';
import type { Customer, Metadata, PaymentMethod, Price, Product, Recurring } from '../data/docs.ts';
import { newId, newSecret } from '../data/ids.ts';
import { cardFacts } from '../protocol/test-cards.ts';

type ProductInput = { [Name in keyof Product]?: Product[Name] | undefined } & { name: string };

export function newProduct(input: ProductInput, at: number): Shown<Product> {
  return {
    id: input.id ?? newId('product'),
    object: 'product',
    active: input.active ?? true,
    created: at,
    default_price: null,
    images: [],
    livemode: false,
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    type: 'service',
    unit_label: null,
    url: null,
    description: input.description ?? null,
    metadata: input.metadata ?? {},
    name: input.name,
    updated: at,
  };
}

export interface PriceInput {
  currency: string;
  product: string;
  unit_amount: number;
  recurring?: Recurring | null;
  active?: boolean | undefined;
  lookup_key?: string | null | undefined;
  nickname?: string | null | undefined;
  metadata?: Metadata | undefined;
}

export function newPrice(input: PriceInput, at: number): Shown<Price> {
  const recurring = input.recurring
    ? { ...input.recurring, meter: null, trial_period_days: null, usage_type: 'licensed' }
    : null;
  return {
    id: newId('price'),
    object: 'price',
    active: input.active ?? true,
    created: at,
    currency: input.currency.toLowerCase(),
    billing_scheme: 'per_unit',
    custom_unit_amount: null,
    livemode: false,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    unit_amount_decimal: String(input.unit_amount),
    lookup_key: input.lookup_key ?? null,
    metadata: input.metadata ?? {},
    nickname: input.nickname ?? null,
    product: input.product,
    recurring,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: input.unit_amount,
  };
}

export interface CustomerInput {
  email?: string | null | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
  description?: string | null | undefined;
  metadata?: Metadata | undefined;
  test_clock?: string | null | undefined;
}

export function newCustomer(input: CustomerInput, at: number): Shown<Customer> {
  return {
    id: newId('customer'),
    object: 'customer',
    balance: 0,
    created: at,
    currency: null,
    address: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    discount: null,
    livemode: false,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    description: input.description ?? null,
    phone: input.phone ?? null,
    email: input.email ?? null,
    invoice_prefix: newSecret('x').slice(2, 10).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      footer: null,
      rendering_options: null,
      default_payment_method: null,
    },
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    test_clock: input.test_clock ?? null,
    _clock: input.test_clock ?? null,
  };
}

export interface CardInput {
  number: string;
  exp_month: number;
  exp_year: number;
  name?: string | null | undefined;
  email?: string | null | undefined;
  metadata?: Metadata | undefined;
}

export function newPaymentMethod(input: CardInput, at: number): Shown<PaymentMethod> {
  const address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    id: newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    customer_account: null,
    livemode: false,
    billing_details: {
      address,
      phone: null,
      tax_id: null,
      email: input.email ?? null,
      name: input.name ?? null,
    },
    card: cardOf(input),
    created: at,
    customer: null,
    metadata: input.metadata ?? {},
    type: 'card',
    _number: input.number,
    _authenticated: false,
  };
}

function cardOf(input: CardInput) {
  const { brand, funding } = cardFacts(input.number);
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand,
    exp_month: input.exp_month,
    exp_year: input.exp_year,
    fingerprint: `fp${input.number.slice(-8)}`,
    generated_from: null,
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
    funding,
    last4: input.number.slice(-4),
  };
}
