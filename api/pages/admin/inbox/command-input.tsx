import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { VerbName } from '../../../../workflows/domain/verb.ts';
import type { VerbInputs } from '../../../../workflows/verbs/index.ts';
import type { purchaseSchema } from '../../../purchase/purchase-schema.ts';
import type { Site } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { When } from '../../parts/when.tsx';
import type { Command } from './commands.tsx';

export type Purchase = z.output<typeof purchaseSchema>;
type Around = { site: Site; purchase: Purchase | null };
type Say = (value: unknown, around: Around) => ReactNode;

const at =
  (none: string): Say =>
  (value, { site }) => <When at={typeof value === 'string' ? value : null} site={site} none={none} />;

const oneOf =
  (words: Record<string, string>): Say =>
  (value) =>
    words[String(value)] ?? String(value);

const products: Say = (value, { purchase }) =>
  Array.isArray(value)
    ? value.map((id) => purchase?.products.find(({ productId }) => productId === id)?.name ?? String(id)).join(', ')
    : 'all';

type Field = { [Name in VerbName]: keyof VerbInputs[Name] }[VerbName];
/** Shown with its currency, or not at all: the reason is shown itself, and an offer by its id. */
type Apart =
  | 'amountMinor'
  | 'hasReason'
  | 'requestId'
  | 'found'
  | 'credit'
  | 'creditMinor'
  | 'endsDependents'
  | 'isRetention'
  | 'offered';

/** The fields of all verbs' inputs, in words; a field without its words does not compile. */
const FIELDS: Record<Exclude<Field, Apart>, { label: string; say: Say }> = {
  resumeAt: { label: 'Resumes', say: at('when it is resumed by hand') },
  when: {
    label: 'When',
    say: oneOf({ now: 'now', period_end: 'at the end of the period', at: 'on a date' }),
  },
  cancelAt: { label: 'Ends at', say: at('–') },
  customerReason: { label: 'The customer’s reason', say: String },
  days: { label: 'Days more', say: String },
  until: { label: 'Access until', say: at('–') },
  startsAt: { label: 'Access starts', say: at('–') },
  productIds: { label: 'Products', say: products },
  calls: { label: 'Booked calls and seats', say: oneOf({ keep: 'stay booked', cancel: 'are canceled' }) },
  paymentId: { label: 'Payment', say: (value) => <code>{String(value)}</code> },
  billing: {
    label: 'Billing',
    say: oneOf({ keep: 'goes on', cancel_now: 'ends now', cancel_period_end: 'ends at the end of the period' }),
  },
  access: {
    label: 'Access',
    say: oneOf({ keep: 'unchanged', suspend: 'suspended until it resumes', revoke: 'revoked' }),
  },
  offerId: { label: 'Offer', say: (value) => <a href={`/offers/${String(value)}`}>{String(value)}</a> },
  proration: {
    label: 'Difference',
    say: oneOf({ prorate: 'prorated', none: 'none before the renewal', full: 'charged in full' }),
  },
  count: { label: 'Credits', say: String },
  creditIds: {
    label: 'Credits',
    say: (value) => <code>{Array.isArray(value) ? value.join(', ') : String(value)}</code>,
  },
  expiresAt: { label: 'Expires', say: at('with the offer’s credits of now') },
  override: { label: 'Refund window', say: (value) => (value === true ? 'overridden' : 'must be open') },
};

/** Of these, null says nothing. */
const MAY_LACK = ['cancelAt', 'days', 'until'];

/** With what a verb was asked, in words; what was left blank is left out. */
export function inputFacts({ input }: Command, around: Around): [string, ReactNode][] {
  const facts = Object.entries(FIELDS).flatMap(([name, { label, say }]): [string, ReactNode][] => {
    const isBlank = input[name] === undefined || (input[name] === null && MAY_LACK.includes(name));
    return isBlank ? [] : [[label, say(input[name], around)]];
  });
  return 'amountMinor' in input ? [...facts, ['Amount', amountOf(input, around)]] : facts;
}

function amountOf({ amountMinor, paymentId }: Command['input'], { purchase }: Around): string {
  if (typeof amountMinor !== 'number') return 'the rest of the payment';
  const payment = purchase?.payments.find(({ id }) => id === paymentId);
  return payment ? moneyInWords({ amountMinor, currency: payment.currency }) : `${amountMinor} in minor units`;
}
