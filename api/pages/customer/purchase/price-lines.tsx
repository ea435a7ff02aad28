import { Fragment } from 'react';
import type { z } from 'zod';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import type { Discount } from '../../../../workflows/domain/discount.ts';
import type { Money } from '../../../../workflows/domain/money.ts';
import {
  chargedAtOnce,
  instalmentsInAll,
  onceBegun,
  trialDaysOf,
  type Price,
} from '../../../../workflows/domain/price.ts';
import { inSite } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { moneyInWords, priceInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { rhythmInWords } from '../../words/credit.ts';
import { inRealTime } from '../../words/instant.ts';

type PublicOffer = z.output<typeof publicOfferSchema>;

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** What is paid today and what later [R4.2], less what a code takes off. */
export function paidWhen(price: Price, discounts: readonly Discount[] = []): string[] {
  switch (price.kind) {
    case 'free':
      return [];
    case 'one_time':
      return [paidOnceToday(chargedAtOnce(price, discounts))];
    case 'subscription':
      return [paidToday(price, discounts), paidLater(price)];
    case 'payment_plan':
      return [
        `Today you pay the first ${orNothing(chargedAtOnce(price, discounts))}.`,
        `${moneyInWords(instalmentsInAll(price, discounts))} in all; nothing is charged after the last payment.`,
      ];
  }
}

type SubscriptionPrice = Extract<Price, { kind: 'subscription' }>;

function paidLater(price: SubscriptionPrice): string {
  const { trialDays, interval } = price;
  return trialDays > 0
    ? `The first ${days(trialDays)} ${trialDays === 1 ? 'is' : 'are'} free; then it is ${priceInWords(onceBegun(price))}.`
    : `It renews every ${interval} until it is canceled.`;
}

const paidOnceToday = (due: Money | null): string =>
  `You pay ${due ? `${moneyInWords(due)} once` : 'nothing'}, today. Nothing renews.`;

const orNothing = (amount: Money | null): string => (amount ? moneyInWords(amount) : 'nothing');

function paidToday(price: SubscriptionPrice, discounts: readonly Discount[]): string {
  const { currency, trialDays, setupFeeMinor } = price;
  const due = chargedAtOnce(price, discounts);
  if (due === null) return 'Today you pay nothing, but a card is needed.';
  const today = moneyInWords(due);
  if (trialDays > 0) return `Today you pay a one-time fee of ${today}.`;
  if (setupFeeMinor === 0) return `Today you pay ${today}.`;
  const fee = moneyInWords({ amountMinor: setupFeeMinor, currency });
  return discounts.length === 0
    ? `Today you pay ${today}, including a one-time fee of ${fee}.`
    : `Today you pay ${today}: the first ${price.interval} and a one-time fee of ${fee}, less the discount.`;
}

const Required = ({ offers, site }: { offers: PublicOffer['requires']; site: PublicOffer['site'] }) => (
  <>
    {offers.map(({ id, name }, index) => (
      <Fragment key={id}>
        {index > 0 ? ' or ' : null}
        <a href={inSite(site, `/join/${id}`)}>{name}</a>
      </Fragment>
    ))}
  </>
);

/** How many calls come with it, and when [R19.3]. */
function callsInWords({ perYear, issue, callMinutes }: NonNullable<PublicOffer['credits']>): string {
  return `${countOf(perYear, 'call')} of ${callMinutes} minutes a year, ${rhythmInWords(issue)}.`;
}

/** Everything to know before one pays. */
export const OfferTerms = ({ offer, discounts }: { offer: PublicOffer; discounts: readonly Discount[] }) => (
  <ul className="terms">
    {paidWhen(offer.price, discounts).map((line) => (
      <li key={line}>{line}</li>
    ))}
    {trialDaysOf(offer.price) > 0 && offer.trialOnce !== 'always' ? (
      <li>
        {offer.trialOnce === 'site' ? `${offer.site.name} gives one trial to each customer` : 'The trial is given once'}
        ; anyone who has had it pays now.
      </li>
    ) : null}
    {offer.requires.length > 0 ? (
      <li>
        You need to have <Required offers={offer.requires} site={offer.site} />.
      </li>
    ) : null}
    {offer.credits === null ? null : <li>{callsInWords(offer.credits)}</li>}
    {offer.officeHours ? <li>Seats in office hours, as long as you have access.</li> : null}
    {offer.refundWindowDays > 0 ? (
      <li>Money back within {days(offer.refundWindowDays)} of your first payment.</li>
    ) : null}
    {offer.accessStartsAt ? (
      <li>
        It opens on <Day at={offer.accessStartsAt} site={inRealTime(offer.site.timeZone)} />.
      </li>
    ) : null}
    {offer.accessDays === null ? null : <li>You have access for {days(offer.accessDays)}.</li>}
  </ul>
);
