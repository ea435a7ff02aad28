import type { ReactNode } from 'react';
import type { MoneyEffect } from '../../../workflows/domain/outcome.ts';
import { toMs } from '../../../workflows/domain/instant.ts';
import type { Site } from '../page.ts';
import { moneyInWords } from '../parts/money.tsx';
import type { Purchase } from '../admin/purchase/read-purchase.ts';
import { instantInWords } from './instant.ts';

type Around = {
  site: Site;
  purchase: Pick<Purchase, 'now'> & { payments: Pick<Purchase['payments'][number], 'id' | 'paidAt'>[] };
};
type At = (at: string | null, none?: string) => ReactNode;

/** `will`: a sentence of the preview; `done`: a line of what a command did. */
type MoneyWords<Effect> = {
  will: (effect: Effect, around: Around) => string;
  done: (effect: Effect, at: At) => ReactNode[];
};

/** The purchase was read a moment before its preview. */
const MOMENT_MS = 60_000;

const MONEY_WORDS: { [K in MoneyEffect['kind']]: MoneyWords<Extract<MoneyEffect, { kind: K }>> } = {
  refund: {
    will: (effect, { site, purchase }) => {
      const payment = purchase.payments.find(({ id }) => id === effect.paymentId);
      const of = payment ? ` of the payment of ${instantInWords(payment.paidAt, site, 'hour')}` : '';
      return `${moneyInWords(effect)}${of} is refunded.`;
    },
    done: (effect) => [`${moneyInWords(effect)} of payment ${effect.paymentId} refunded`],
  },
  no_more_charges: {
    will: ({ from }, { site, purchase }) =>
      toMs(from) <= toMs(purchase.now) + MOMENT_MS
        ? 'Nothing more is charged.'
        : `Nothing is charged after ${instantInWords(from, site, 'hour')}.`,
    done: ({ from }, at) => ['No charges after ', at(from)],
  },
  charges_suspended: {
    will: ({ until }, { site }) =>
      until === null
        ? 'Nothing is charged until it is resumed.'
        : `Nothing is charged until ${instantInWords(until, site, 'hour')}.`,
    done: ({ until }, at) => ['No charges until ', at(until, 'it is resumed')],
  },
  discount_runs_on: {
    will: ({ code, until }, { site }) =>
      `${discountOf(code)} runs on while it is paused, and ends on ${instantInWords(until, site, 'hour')}.`,
    done: ({ code, until }, at) => [`${discountOf(code)} runs on until `, at(until)],
  },
  charges_continue: {
    will: (effect, { site }) =>
      effect.nextChargeAt === null
        ? 'No further charge is planned.'
        : `The next charge is ${moneyInWords(effect)} on ${instantInWords(effect.nextChargeAt, site, 'hour')}${chargesAfter(effect)}.`,
    done: (effect, at) =>
      effect.nextChargeAt === null
        ? ['No further charge is planned']
        : [`Next charge: ${moneyInWords(effect)} on `, at(effect.nextChargeAt)],
  },
  charge: {
    will: (effect, { site }) => `${moneyInWords(effect)} is charged on ${instantInWords(effect.at, site, 'hour')}.`,
    done: (effect, at) => [`${moneyInWords(effect)} charged on `, at(effect.at)],
  },
  further_charges: {
    will: ({ from, until, count, ...sum }, { site }) =>
      `Then ${count} more, from ${instantInWords(from, site, 'hour')} to ${instantInWords(until, site, 'hour')}: ${moneyInWords(sum)} in all.`,
    done: ({ until, count, ...sum }, at) => [`${count} more charges, ${moneyInWords(sum)} in all, until `, at(until)],
  },
  prorated_last_charge: {
    will: ({ at, until, amountMinor, currency }, { site }) => {
      const part = `The last part, from ${instantInWords(at, site, 'hour')} to ${instantInWords(until, site, 'hour')}, is prorated`;
      return amountMinor === undefined || !currency
        ? `${part}.`
        : `${part}: ${moneyInWords({ amountMinor, currency })}.`;
    },
    done: ({ at: from, until }, at) => ['Last part prorated, from ', at(from), ' to ', at(until)],
  },
  unused_credited: {
    will: (effect) => `${moneyInWords(effect)} is credited for what is left of the offer before.`,
    done: (effect) => [`${moneyInWords(effect)} credited for the offer before`],
  },
  charged_now: {
    will: ({ amountMinor, currency }) => {
      if (amountMinor === undefined || !currency)
        return 'The difference is charged now; Stripe cannot say yet how much.';
      return amountMinor === 0
        ? 'Nothing is charged now.'
        : `${moneyInWords({ amountMinor, currency })} is charged now.`;
    },
    done: ({ amountMinor, currency }) =>
      amountMinor === undefined || !currency
        ? ['The difference charged']
        : [`${moneyInWords({ amountMinor, currency })} charged`],
  },
  credit_left: {
    will: (effect) => `${moneyInWords(effect)} is left as a credit: it pays the next invoices, and is never paid out.`,
    done: (effect) => [`${moneyInWords(effect)} left as a credit`],
  },
  credit_withdrawn: {
    will: (effect) => `The credit of ${moneyInWords(effect)} that a change of offer left is withdrawn.`,
    done: (effect) => [`Credit of ${moneyInWords(effect)} withdrawn`],
  },
  credit_used: {
    will: (effect) =>
      `${moneyInWords(effect)} of the credit that a change of offer left has paid other invoices, and is not given back.`,
    done: (effect) => [`${moneyInWords(effect)} kept, which a credit had paid`],
  },
  discount_ends: {
    will: ({ code, at }, { site, purchase }) => {
      const ends = `${discountOf(code)} does not hold for the new offer, and ends`;
      return toMs(at) <= toMs(purchase.now) + MOMENT_MS
        ? `${ends} now.`
        : `${ends} on ${instantInWords(at, site, 'hour')}.`;
    },
    done: ({ code, at: from }, at) => [`${discountOf(code)} ended on `, at(from)],
  },
  discount_replaced: {
    will: ({ code, by }) =>
      `The code ${by} takes the place of ${code === null ? 'a discount' : `the code ${code}`} from the next charge on.`,
    done: ({ code, by }) => [`${discountOf(code)} replaced by the code ${by}`],
  },
  period_begins: {
    will: ({ at, interval }, { site }) => {
      const begins = `A new ${interval} begins on ${instantInWords(at, site, 'hour')}`;
      return interval === 'month' ? `${begins}: from then on it is charged on the ${dayOfMonth(at)}.` : `${begins}.`;
    },
    done: ({ interval, at: from }, at) => [`A new ${interval} begins on `, at(from)],
  },
  credit_applied: {
    will: (effect) => `${moneyInWords(effect)} is paid by what the customer has as a credit with Stripe.`,
    done: (effect) => [`${moneyInWords(effect)} paid by a credit`],
  },
  open_invoices_voided: { will: () => 'Unpaid invoices are voided.', done: () => ['Unpaid invoices voided'] },
  charge_attempt: {
    will: (effect) => `A charge of ${moneyInWords(effect)} is tried now.`,
    done: (effect) => [`Charge of ${moneyInWords(effect)} tried`],
  },
};

const discountOf = (code: string | null): string =>
  code === null ? 'The discount without a code' : `The discount of the code ${code}`;

/** How many a payment plan has left after its next. */
function chargesAfter({ instalmentsLeft }: { instalmentsLeft?: number | undefined }): string {
  if (instalmentsLeft === undefined) return '';
  const more = instalmentsLeft - 1;
  return more === 0 ? ', the last of the plan' : `, with ${more} more after it`;
}

const ORDINAL = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** `28th`, by UTC: that is the calendar of Stripe's periods. */
function dayOfMonth(at: string): string {
  const day = new Date(toMs(at)).getUTCDate();
  return `${day}${SUFFIXES[ORDINAL.select(day)] ?? 'th'}`;
}

/** What a verb will do to money, as a sentence. */
export const moneyEffectInWords = (effect: MoneyEffect, around: Around): string => wordsOf(effect).will(effect, around);

/** What a command did to money, as a line; `at` shows an instant. */
export const moneyDoneInWords = (effect: MoneyEffect, at: At): ReactNode[] => wordsOf(effect).done(effect, at);

const wordsOf = ({ kind }: MoneyEffect) => MONEY_WORDS[kind] as MoneyWords<MoneyEffect>;
