import { EMAILS, type EmailKind, type EmailProps, type Site } from './catalogue.ts';
import type { EmailEntry } from './entries/entry.ts';
import type { Form, Forms, Variable } from './entries/variable.ts';
import { counted } from './languages/counted.ts';
import { LANGUAGES } from './languages/index.ts';
import type { Language } from './languages/language.ts';
import { entryIn } from './translate.ts';
import { cardInWords, cardMonth } from './words/card.ts';
import { fill } from './words/fill.ts';
import { asSentence } from './words/sentence.ts';
import { writeEmail } from './write.ts';

const PRICE = { amountMinor: 4900, currency: 'usd' };

/** What a variable of each form may hold; month ends and daylight saving on purpose. */
const EXAMPLES: Forms = {
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

/** Texts that are no name of an offer. */
const NAMED: Record<string, string | undefined> = {
  contactName: 'Ada Lovelace',
  loginEmail: 'ada@example.com',
  expertName: 'Grace Hopper',
  invitedBy: 'owner@willow-and-wheel.example',
  newOfferName: 'Studio Membership, annual',
  code: 'SPRING',
  receiptNumber: 'R-000012',
  wording: 'Yes, send me news from Willow & Wheel by email.',
  reason: 'Moving house',
  customerReason: 'Too little time',
  feedback: 'I hope to be back in spring.',
};

/** What is in words of ours. */
const inLanguage = (language: Language): Record<string, string | undefined> => ({
  credits: counted(2, language.counts.credits, language),
  days: counted(7, language.counts.days, language),
  card: cardInWords({ brand: 'visa', last4: '4242' }, language.card),
  instalment: fill(language.payment.instalment, { first: '2', of: '4' }),
  declineMessage: asSentence(language.declines.expired_card),
  failureReason: language.declines.insufficient_funds,
  disputeReason: language.disputes.product_not_received,
  expires: cardMonth('2026-04-01T00:00:00.000Z', language.locale),
});

type Named = Record<string, string | undefined>;

function exampleOf(name: string, variable: Variable, named: Named): unknown {
  if (typeof variable !== 'string' && 'when' in variable) return true;
  if (typeof variable !== 'string' && 'choose' in variable) return Object.keys(variable.choose)[0];
  const form = (typeof variable === 'string' ? variable : variable.of).replace('?', '') as Form;
  return (form === 'text' && named[name]) || EXAMPLES[form];
}

/** A value for everything that an email of the kind is written from. */
export function exampleProps<K extends EmailKind>(kind: K, site: Site, change: Partial<EmailProps<K>> = {}) {
  const { variables }: EmailEntry = EMAILS[kind];
  const named = { ...NAMED, ...inLanguage(LANGUAGES[site.language ?? 'en']) };
  const values = Object.entries(variables).map(([name, variable]) => [name, exampleOf(name, variable, named)]);
  return { ...Object.fromEntries(values), site, ...change } as EmailProps<K>;
}

/** What each variable says in an email of examples. */
export function examplesOf(kind: EmailKind, site: Site): { name: string; example: string }[] {
  const entry = entryIn(kind, site.language ?? 'en');
  const props = exampleProps(kind, site);
  const sayAs = (heading: string) =>
    writeEmail({ ...entry, text: { subject: '', preview: '', heading, body: [] } }, props);
  return ['siteName', ...Object.keys(entry.variables)].map((name) => ({ name, example: sayAs(`{{${name}}}`).heading }));
}
