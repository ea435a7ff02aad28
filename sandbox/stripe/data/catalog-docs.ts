import type { Doc, Metadata, Recurring, Shown } from './doc.ts';

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
  invoice_settings: Shown<{ default_payment_method: string | null }>;
  metadata: Metadata;
  test_clock: string | null;
}

/** A change of a customer's balance that was asked for; those of invoices are not kept. */
export interface BalanceTransaction extends Doc {
  object: 'customer_balance_transaction';
  amount: number;
  currency: string;
  customer: string;
  description: string | null;
  ending_balance: number;
  metadata: Metadata;
  type: 'adjustment';
}
