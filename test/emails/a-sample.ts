import { EMAILS, type EmailKind, type EmailProps, type Site } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import type { Form, Forms, Variable } from '../../emails/entries/variable.ts';

export const SITE: Site = {
  name: 'Willow & Wheel Pottery',
  supportEmail: 'hello@willow-and-wheel.example',
  timeZone: 'America/Los_Angeles',
  color: '#a8452a',
  logoUrl: null,
  postalAddress: '12 Kiln Lane\nPortland, OR 97201',
};

const PRICE = { amountMinor: 4900, currency: 'usd' };

/** Month ends and daylight saving on purpose. */
const VALUES: Forms = {
  text: 'Studio Membership',
  url: 'https://willow-and-wheel.example/login?token=sample&next=%2Fhome',
  number: 2,
  list: ['Throwing for Beginners', 'Glaze Library'],
  money: PRICE,
  instant: '2026-03-31T16:00:00.000Z',
  day: '2026-03-31T16:00:00.000Z',
  charge: { amount: PRICE, at: '2026-04-30T16:00:00.000Z' },
  period: { from: '2026-03-31T16:00:00.000Z', to: '2026-04-30T16:00:00.000Z' },
  lines: [
    { what: 'Studio Membership', amount: { amountMinor: 3900, currency: 'usd' } },
    { what: 'One-time fee', amount: { amountMinor: 1000, currency: 'usd' } },
  ],
  payment: { amount: PRICE, paidAt: '2026-02-28T17:00:00.000Z' },
  payments: [
    { amount: { amountMinor: 2000, currency: 'usd' }, paidAt: '2026-01-31T17:00:00.000Z' },
    { amount: PRICE, paidAt: '2026-02-28T17:00:00.000Z' },
  ],
  person: { name: 'Ada Lovelace', email: 'ada@example.com' },
  actor: { kind: 'admin', label: 'owner@willow-and-wheel.example' },
};

function valueOf(variable: Variable): unknown {
  if (typeof variable === 'string') return VALUES[variable.replace('?', '') as Form];
  if ('of' in variable) return VALUES[variable.of.replace('?', '') as Form];
  return 'when' in variable ? true : Object.keys(variable.choose)[0];
}

/** A value for everything that an email of the kind is written from. */
export function aSample<K extends EmailKind>(kind: K, change: Partial<EmailProps<K>> = {}): EmailProps<K> {
  const { variables }: EmailEntry = EMAILS[kind];
  const values = Object.entries(variables).map(([name, variable]) => [name, valueOf(variable)]);
  const named = { contactName: 'Ada Lovelace' };
  return { ...Object.fromEntries(values), ...('contactName' in variables && named), site: SITE, ...change };
}
