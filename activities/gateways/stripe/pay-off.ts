import type Stripe from 'stripe';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { reading, writing, type Try } from './call.ts';
import { customerOf } from './customer-credit.ts';
import { refusalOf, unlessReached } from './failures.ts';
import type { Account, WriteKey } from './gateway.ts';

type PayOff = Extract<ReadyWrite, { op: 'payOff' }>;

/**
 * One invoice over the rest of a payment plan, charged at once. It is made outside of the
 * subscription's billing, without its discounts, since the sum has them already. If the card fails
 * or the bank wants the customer to confirm it, the invoice is voided, and nothing has changed.
 */
export async function payOff(stripe: Stripe, write: PayOff, attempt: Try): Promise<Stripe.Invoice> {
  const { account, idempotencyKey } = attempt;
  const made = (await madeFor(stripe, write, attempt.key, account)) ?? (await draft(stripe, write, attempt));
  const read = () => stripe.invoices.retrieve(made.id, {}, reading(account));
  const step = (name: string) => writing(`${idempotencyKey}:${name}`, account);
  await unlessReached(
    stripe.invoices.finalizeInvoice(made.id, { auto_advance: false }, step('finalize')),
    read,
    ({ status }) => status !== 'draft',
  );
  try {
    return await unlessReached(stripe.invoices.pay(made.id, {}, step('pay')), read, ({ status }) => status === 'paid');
  } catch (error) {
    refusalOf(error);
    await unlessReached(
      stripe.invoices.voidInvoice(made.id, {}, step('void')),
      read,
      ({ status }) => status === 'void',
    );
    throw error;
  }
}

async function draft(stripe: Stripe, write: PayOff, { idempotencyKey, key, account }: Try): Promise<Stripe.Invoice> {
  const { subscriptionId: subscription, instalments, amountMinor: amount } = write;
  const params: Stripe.InvoiceCreateParams = {
    customer: await customerOf(stripe, write, account),
    subscription,
    auto_advance: false,
    discounts: '',
    pending_invoice_items_behavior: 'exclude',
    metadata: { commandId: key.commandId },
  };
  const made = await stripe.invoices.create(params, writing(`${idempotencyKey}:invoice`, account));
  const description = instalments === 1 ? 'The last instalment' : `The last ${instalments} instalments`;
  const lines = [{ amount, description, discountable: false }];
  return stripe.invoices.addLines(made.id, { lines }, writing(`${idempotencyKey}:lines`, account));
}

/** The invoice that an earlier attempt has made and filled; null = none, or it was voided. */
export async function madeFor(
  stripe: Stripe,
  { subscriptionId: subscription, amountMinor }: PayOff,
  { commandId }: WriteKey,
  account: Account,
): Promise<Stripe.Invoice | null> {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 }, reading(account));
  const isIt = ({ metadata, status, total }: Stripe.Invoice) =>
    metadata?.commandId === commandId && status !== 'void' && total === amountMinor;
  return data.find(isIt) ?? null;
}
