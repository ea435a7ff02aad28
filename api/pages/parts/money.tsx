import { formatMoney } from '../../../emails/format.ts';
import type { Price } from '../../../workflows/domain/price.ts';

type Amount = { amountMinor: number; currency: string };

/** An amount as people write it: `$29.00`. */
export const moneyInWords = (amount: Amount): string => formatMoney(amount);

type Plan = { paid: number; total: number };

/** How far a payment plan is: `3 of 6 paid, $147.00 to go`; `left`: null where it has ended. */
export function planInWords({ paid, total }: Plan, left: Amount | null): string {
  if (left === null) return `${paid} of ${total} paid`;
  return `${paid} of ${total} paid, ${left.amountMinor === 0 ? 'nothing' : moneyInWords(left)} to go`;
}

/** What an offer costs: `$29.00 a month after 14 days free, and $10.00 once`. */
export function priceInWords(price: Price): string {
  switch (price.kind) {
    case 'free':
      return 'Free';
    case 'one_time':
      return `${moneyInWords(price)} once`;
    case 'subscription':
      return subscriptionInWords(price);
    case 'payment_plan':
      return `${price.instalments} monthly payments of ${moneyInWords(price)}`;
  }
}

function subscriptionInWords(price: Extract<Price, { kind: 'subscription' }>): string {
  const { amountMinor, currency, interval, trialDays, setupFeeMinor } = price;
  const trial = trialDays > 0 ? ` after ${trialDays} ${trialDays === 1 ? 'day' : 'days'} free` : '';
  const fee = setupFeeMinor > 0 ? `, and ${moneyInWords({ amountMinor: setupFeeMinor, currency })} once` : '';
  return `${moneyInWords({ amountMinor, currency })} a ${interval}${trial}${fee}`;
}
