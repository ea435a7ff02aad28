import { capital } from '../../../../emails/words/sentence.ts';
import type { ReactNode } from 'react';
import { soldPerPeriod } from '../../../../workflows/domain/price.ts';
import { inSite, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { CopyLink } from '../../parts/copy-link.tsx';
import { Facts } from '../../parts/list.tsx';
import { moneyInWords, planInWords, priceInWords } from '../../parts/money.tsx';
import { When } from '../../parts/when.tsx';
import { END_WORDS } from '../../../../emails/words/cause.ts';
import { cardInWords, cardMonth } from '../../../../emails/words/card.ts';
import { discountInWords, offInWords } from '../../words/discount.ts';
import type { Card, Purchase } from '../purchase/read-purchase.ts';

type BillingProps = { purchase: Purchase; card: Card | null; site: Site; publicUrl: string };
type Billing = Purchase['billing'];
type Fact = readonly [label: string, value: ReactNode];

/** What is charged, when, and with which card; a grant has no such section [R12.3]. */
export function BillingSection({ purchase, card, site, publicUrl }: BillingProps) {
  const { billing, price } = purchase;
  if (billing.status === 'none') return null;
  const recurs = soldPerPeriod(price) !== null;
  return (
    <section>
      <h2>Billing</h2>
      <Facts
        facts={[
          ['Price', priceInWords(price)],
          ...changedPrice(purchase),
          ...instalments(purchase),
          ...discount(purchase, site),
          ...(billing.ended || !recurs ? [] : [nextCharge(purchase, site)]),
          ...periods(billing, site),
          ['Card', <CardInWords key="card" card={card} />],
          ...(billing.cardEndsAt === null ? [] : [['Charged next', validUntil(billing.cardEndsAt)] as const]),
          ...refundWindow(purchase, site),
          ...cancellation(billing, site),
        ]}
      />
      {billing.ended || !recurs ? null : (
        <CopyLink
          label="Link to update the card"
          link={publicUrl + inSite(site, `/billing/update-card?purchase=${purchase.id}`)}
        />
      )}
    </section>
  );
}

/** What is charged now, where that was changed at Stripe [R22.7]. */
function changedPrice({ billing, price }: Purchase): Fact[] {
  const now = billing.perPeriod;
  const sold = soldPerPeriod(price);
  if (!now || !sold) return [];
  const isAsSold = now.amountMinor === sold.amountMinor && now.currency === sold.currency;
  return isAsSold ? [] : [['Changed at Stripe', `${moneyInWords(now)} each period`]];
}

const instalments = ({ instalments: plan, leftToPay }: Purchase): Fact[] =>
  plan ? [['Instalments', planInWords(plan, leftToPay)]] : [];
function discount({ discount: held, promotionCode }: Purchase, site: Site): Fact[] {
  const facts: Fact[] = promotionCode
    ? [['Bought with', <a key="code" href={`/promotion-codes/${promotionCode.id}`}>{`code ${promotionCode.code}`}</a>]]
    : [];
  if (!held) return facts;
  const until = held.endsAt === null ? null : <When key="until" at={held.endsAt} site={site} />;
  const what = until ? offInWords(held) : discountInWords(held);
  const value = (
    <>
      {what}
      {until ? <> until {until}</> : null}
      {promotionCode || held.code === null ? null : `, code ${held.code}`}
    </>
  );
  return [...facts, ['Discount', value]];
}

const nextCharge = ({ nextChargeAt }: Purchase, site: Site): Fact => [
  'Next charge',
  <When key="next" at={nextChargeAt} site={site} none="None is planned" />,
];

function periods({ trialEndsAt, periodStart, periodEnd, status, ended }: Billing, site: Site): Fact[] {
  const isTrial = status === 'trialing' && trialEndsAt !== null;
  const trial: Fact[] = isTrial ? [['Trial ends', <When key="trial" at={trialEndsAt} site={site} />]] : [];
  if (ended || periodStart === null || periodEnd === null || isTrial) return trial;
  const period = (
    <>
      <When at={periodStart} site={site} /> to <When at={periodEnd} site={site} />
    </>
  );
  return [...trial, ['Current period', period]];
}

/** The card may be another one by now than the one that was charged. */
const validUntil = (endsAt: string): string => `A card that is valid until the end of ${cardMonth(endsAt)}`;

/** As of the last successful charge [R12.2]. */
function CardInWords({ card }: { card: Card | null }) {
  if (card === null) return <span className="quiet">Stripe cannot be reached right now. Reload the page later.</span>;
  if (card.chargedAt === null) return <>No card has been charged yet</>;
  if (card.card === null) return <>Not paid by card</>;
  const { expMonth, expYear } = card.card;
  return (
    <>
      {cardInWords(card.card)}, expires {String(expMonth).padStart(2, '0')}/{expYear}
    </>
  );
}

const WINDOW_WORDS = { open: 'Open until', closed: 'Closed on', used: 'Used; it would have closed on' } as const;

const refundWindow = ({ refundWindow: known }: Purchase, site: Site): Fact[] =>
  known
    ? [
        [
          'Refund window',
          <>
            {WINDOW_WORDS[known.state]} <When at={known.closesAt} site={site} />
          </>,
        ],
      ]
    : [];

/** When it ends or ended, who asked for it, and what was said [R8.4]. */
function cancellation(billing: Billing, site: Site): Fact[] {
  const { ended, cancellation: pending, cancelRequest, stripeFeedback } = billing;
  if (ended && billing.status === 'completed') return [['Paid in full', <When key="end" at={ended.at} site={site} />]];
  const end = ended ?? pending;
  if (!end) return [];
  const by = cancelRequest?.by ?? ended?.by;
  const facts: Fact[] = [
    [ended ? 'Canceled' : 'Pending cancellation', <When key="end" at={end.at} site={site} />],
    ['Cause', `${capital(END_WORDS[end.cause])}${by ? ` (${actorInWords(by)})` : ''}`],
  ];
  if (cancelRequest?.reason) facts.push(['Reason', cancelRequest.reason]);
  if (cancelRequest?.feedback) facts.push(['Feedback', cancelRequest.feedback]);
  if (stripeFeedback) facts.push(['Feedback at Stripe', capital(stripeFeedback.replaceAll('_', ' '))]);
  if (ended && !ended.endsAccess) facts.push(['Access', 'Continues after the end of billing']);
  return facts;
}
