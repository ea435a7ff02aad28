import type { z } from 'zod';
import type { publicOfferSchema } from '../../schemas/customer.ts';
import type { Price } from '../../../workflows/domain/offer.ts';
import { moneyInWords } from '../parts/money.tsx';
import { Day } from '../parts/when.tsx';

type PublicOffer = z.output<typeof publicOfferSchema>;

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** The price as the largest line of an offer's page: `$29.00 a month`. */
export const headline = (price: Price): string =>
  price.kind === 'free' ? 'Free' : `${moneyInWords(price)} a ${price.interval}`;

/** What is paid today and what later [R4.2]. */
export function paidWhen(price: Price): string[] {
  if (price.kind === 'free') return [];
  const { amountMinor, currency, trialDays, setupFeeMinor, interval } = price;
  const today = setupFeeMinor + (trialDays > 0 ? 0 : amountMinor);
  const fee = setupFeeMinor > 0 ? `, with a fee of ${moneyInWords({ amountMinor: setupFeeMinor, currency })} once` : '';
  const now =
    today === 0
      ? 'Today you pay nothing, but a card is needed.'
      : `Today you pay ${moneyInWords({ amountMinor: today, currency })}${fee}.`;
  const later =
    trialDays > 0
      ? `The first ${days(trialDays)} are free; then it is ${headline(price)}.`
      : `It renews every ${interval} until it is canceled.`;
  return [now, later];
}

/** Everything to know before one pays. */
export const OfferTerms = ({ offer }: { offer: PublicOffer }) => (
  <ul className="terms">
    {paidWhen(offer.price).map((line) => (
      <li key={line}>{line}</li>
    ))}
    {offer.refundWindowDays > 0 ? (
      <li>Money back within {days(offer.refundWindowDays)} of your first payment.</li>
    ) : null}
    {offer.accessStartsAt ? (
      <li>
        It opens on <Day at={offer.accessStartsAt} site={offer.site} />.
      </li>
    ) : null}
    {offer.accessDays === null ? null : <li>You have access for {days(offer.accessDays)}.</li>}
  </ul>
);
