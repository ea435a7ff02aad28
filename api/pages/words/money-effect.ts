import { formatInstant } from '../../../emails/format.ts';
import type { MoneyEffect } from '../../../workflows/domain/outcome.ts';
import { toMs } from '../../../workflows/domain/instant.ts';
import type { Site } from '../page.ts';
import { moneyInWords } from '../parts/money.tsx';
import type { Purchase } from '../admin/purchase/read-purchase.ts';

type Around = { site: Site; purchase: Purchase };
type Kind = MoneyEffect['kind'];
type MoneyWords = { [K in Kind]: (effect: Extract<MoneyEffect, { kind: K }>, around: Around) => string };

/** The purchase was read a moment before its preview. */
const MOMENT_MS = 60_000;

const MONEY_WORDS: MoneyWords = {
  refund: (effect, { site, purchase }) => {
    const payment = purchase.payments.find(({ id }) => id === effect.paymentId);
    const of = payment ? ` of the payment of ${formatInstant(payment.paidAt, site)}` : '';
    return `${moneyInWords(effect)}${of} is given back.`;
  },
  no_more_charges: ({ from }, { site, purchase }) =>
    toMs(from) <= toMs(purchase.now) + MOMENT_MS
      ? 'Nothing is charged any more.'
      : `Nothing is charged any more after ${formatInstant(from, site)}.`,
  charges_suspended: ({ until }, { site }) =>
    until === null
      ? 'Nothing is charged until it is resumed.'
      : `Nothing is charged until ${formatInstant(until, site)}.`,
  charges_continue: (effect, { site }) =>
    effect.nextChargeAt === null
      ? 'No charge is coming as things stand.'
      : `The next charge is ${moneyInWords(effect)} on ${formatInstant(effect.nextChargeAt, site)}.`,
  charge: (effect, { site }) => `${moneyInWords(effect)} is charged on ${formatInstant(effect.at, site)}.`,
  further_charges: ({ from, until, count, ...sum }, { site }) =>
    `Then ${count} more, from ${formatInstant(from, site)} to ${formatInstant(until, site)}: ${moneyInWords(sum)} in all.`,
  prorated_last_charge: ({ at, until, amountMinor, currency }, { site }) => {
    const part = `The last part, from ${formatInstant(at, site)} to ${formatInstant(until, site)}, is charged in proportion`;
    return amountMinor === undefined || !currency ? `${part}.` : `${part}: ${moneyInWords({ amountMinor, currency })}.`;
  },
  open_invoices_voided: () => 'What is unpaid is voided.',
  charge_attempt: (effect) => `${moneyInWords(effect)} is tried now.`,
};

/** What a verb does to money, as a sentence; a new kind without its words does not compile. */
export const moneyEffectInWords = (effect: MoneyEffect, around: Around): string =>
  (MONEY_WORDS[effect.kind] as (one: MoneyEffect, about: Around) => string)(effect, around);
