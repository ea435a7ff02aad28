import type { ReactNode } from 'react';
import { cardInWords } from '../../../../emails/words/card.ts';
import { isCharged, onceBegun } from '../../../../workflows/domain/price.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import type { Site } from '../../page.ts';
import { Facts } from '../../parts/list.tsx';
import { planInWords, priceInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { durationInWords, offInWords } from '../../words/discount.ts';
import { Support } from './trouble.tsx';

type Props = { purchase: MyPurchase; site: Site };
type Fact = [label: string, value: ReactNode, isShown: boolean];

/** What else there is to know of a purchase, below its amount. */
export const PurchaseFacts = (props: Props) => (
  <Facts
    facts={[...moneyFacts(props), ...datesOf(props)].flatMap(([label, value, isShown]) =>
      isShown ? [[label, value]] : [],
    )}
  />
);

function moneyFacts({ purchase, site }: Props): Fact[] {
  const { price, discount, billingStatus, instalments, leftToPay, card } = purchase;
  return [
    ['Price', priceInWords(onceBegun(price)), isCharged(price) && billingStatus !== 'none'],
    ['Discount', <Off key="off" discount={discount} site={site} />, discount !== null],
    ['Payments', instalments && planInWords(instalments, leftToPay), instalments !== null],
    ['Card', card && cardInWords(card), card !== null],
  ];
}

function datesOf({ purchase, site }: Props): Fact[] {
  const { startedAt, nextCharge, overdue, trialEndsAt, pause, cancelAt, endedAt, refundWindow, billingStatus, origin } =
    purchase;
  const day = (at: string | null, none?: string) => <Day at={at} site={site} none={none} />;
  return [
    [origin === 'granted' ? 'Given on' : 'Since', day(startedAt), endedAt === null],
    ['Free until', day(trialEndsAt), trialEndsAt !== null],
    ['Paused since', day(pause?.since ?? null), pause !== null],
    ['Resumes', day(pause?.resumeAt ?? null, 'When the site resumes it'), pause !== null],
    ['Ends', day(cancelAt), cancelAt !== null && (nextCharge ?? overdue) !== null],
    [billingStatus === 'completed' ? 'Paid in full' : 'Ended', day(endedAt), endedAt !== null],
    ['Access until', day(purchase.accessUntil), isWorthTelling(purchase)],
    [
      'Money back',
      <Window key="window" refundWindow={refundWindow} site={site} />,
      refundWindow !== null && endedAt === null,
    ],
  ];
}

/** Where access does not simply end with the billing. */
const isWorthTelling = ({ accessUntil, cancelAt, endedAt }: MyPurchase): boolean =>
  accessUntil !== null && accessUntil !== cancelAt && endedAt === null;

function Off({ discount, site }: { discount: MyPurchase['discount']; site: Site }) {
  if (!discount) return null;
  return (
    <>
      {offInWords(discount)}
      {discount.endsAt === null ? (
        durationInWords(discount.duration) === 'once' ? (
          ', once'
        ) : null
      ) : (
        <>
          {' '}
          until <Day at={discount.endsAt} site={site} />
        </>
      )}
    </>
  );
}

function Window({ refundWindow, site }: { refundWindow: MyPurchase['refundWindow']; site: Site }) {
  if (refundWindow?.state !== 'open') return <>{refundWindow?.state === 'used' ? 'Refunded' : 'No longer possible'}</>;
  return (
    <>
      Possible until <Day at={refundWindow.closesAt} site={site} />: write to <Support site={site} />
    </>
  );
}
