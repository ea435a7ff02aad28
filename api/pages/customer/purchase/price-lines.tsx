import { Fragment } from 'react';
import type { z } from 'zod';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import { onceBegun, trialDaysOf, type Price } from '../../../../workflows/domain/price.ts';
import { inSite } from '../../page.ts';
import { moneyInWords, priceInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { inRealTime } from '../../words/instant.ts';

type PublicOffer = z.output<typeof publicOfferSchema>;

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** What is paid today and what later [R4.2]. */
export function paidWhen(price: Price): string[] {
  switch (price.kind) {
    case 'free':
      return [];
    case 'one_time':
      return [`You pay ${moneyInWords(price)} once, today. Nothing renews.`];
    case 'subscription':
      return [paidToday(price), paidLater(price)];
    case 'payment_plan':
      return [
        `Today you pay the first ${moneyInWords(price)}.`,
        `${moneyInWords({ amountMinor: price.amountMinor * price.instalments, currency: price.currency })} in all; nothing is charged after the last payment.`,
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

function paidToday({ amountMinor, currency, trialDays, setupFeeMinor }: SubscriptionPrice): string {
  const fee = moneyInWords({ amountMinor: setupFeeMinor, currency });
  if (trialDays > 0 && setupFeeMinor === 0) return 'Today you pay nothing, but a card is needed.';
  if (trialDays > 0) return `Today you pay a one-time fee of ${fee}.`;
  const today = moneyInWords({ amountMinor: amountMinor + setupFeeMinor, currency });
  return setupFeeMinor > 0 ? `Today you pay ${today}, including a one-time fee of ${fee}.` : `Today you pay ${today}.`;
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

/** Everything to know before one pays. */
export const OfferTerms = ({ offer }: { offer: PublicOffer }) => (
  <ul className="terms">
    {paidWhen(offer.price).map((line) => (
      <li key={line}>{line}</li>
    ))}
    {trialDaysOf(offer.price) > 0 && offer.trialOnce !== 'always' ? (
      <li>
        {offer.trialOnce === 'site' ? `${offer.site.name} gives one trial to each customer` : 'The trial is given once'}
        : who has had it pays now.
      </li>
    ) : null}
    {offer.requires.length > 0 ? (
      <li>
        You need to have <Required offers={offer.requires} site={offer.site} />.
      </li>
    ) : null}
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
