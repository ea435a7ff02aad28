import type { ReactNode } from 'react';
import { countInWords, countNamed } from '../../parts/counts.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice, type Tone } from '../../parts/notice.tsx';
import type { Overview } from '../../../platform/overview-schema.ts';

type ToSee = Overview['attention'];

type Name = Exclude<keyof ToSee, 'over'>;

/** The list with the same filter has as many lines. */
const TILES: Record<Name, { label: string; href: string; tone: Tone }> = {
  needsAttention: {
    label: 'stopped half-way and waiting for a decision',
    href: '/purchases?needsAttention=true',
    tone: 'bad',
  },
  billingWithoutAccess: {
    label: 'billed without access',
    href: '/purchases?billingWithoutAccess=true',
    tone: 'bad',
  },
  pastDue: { label: 'past due', href: '/purchases?billingStatus=past_due', tone: 'bad' },
  waitsForStripe: { label: 'waiting long for Stripe', href: '/purchases?waitsForStripe=true', tone: 'warn' },
  cancellationRequests: { label: 'requests to cancel', href: '/cancellation-requests', tone: 'warn' },
  refundsFailed: { label: 'with a failed refund', href: '/purchases?refunds=failed', tone: 'bad' },
  refundsPending: { label: 'with a refund on its way', href: '/purchases?refunds=pending', tone: 'warn' },
  webhooksFailed: { label: 'webhooks failed', href: '/webhooks?state=failed', tone: 'bad' },
  webhooksUnmatched: {
    label: 'unmatched webhooks',
    href: '/webhooks/unmatched?state=unmatched',
    tone: 'warn',
  },
  webhooksDead: { label: 'dead webhooks', href: '/webhooks/unmatched?state=dead', tone: 'bad' },
  commandsPending: { label: 'accepted but not done yet', href: '/commands?status=pending', tone: 'warn' },
  emailsFailed: { label: 'emails failed', href: '/emails?state=failed', tone: 'bad' },
  emailsBounced: { label: 'emails bounced', href: '/emails?state=bounced', tone: 'warn' },
  emailsUnknown: { label: 'emails possibly not sent', href: '/emails?state=unknown', tone: 'warn' },
};

export function NeedsAttention({ attention }: { attention: ToSee }) {
  const names = (Object.keys(TILES) as Name[]).filter((name) => attention[name] > 0);
  if (names.length === 0) return <Notice tone="good">Nothing needs attention.</Notice>;
  return (
    <div className="tiles">
      {names.map((name) => (
        <a key={name} className={`tile ${TILES[name].tone}`} href={TILES[name].href}>
          <strong>{countInWords(countNamed(attention, name))}</strong>
          {TILES[name].label}
        </a>
      ))}
    </div>
  );
}

type Figures = Overview['today'];

export const Today = ({ today }: { today: Figures }) => (
  <div className="tiles">
    <Figure label="new purchases" figure={today.bought + today.granted}>
      {today.granted === 0 ? null : `${today.granted} of them granted`}
    </Figure>
    <Figure label="payments taken" figure={<Sums sums={today.payments} />}>
      {countOf(today.payments, 'payment')}
    </Figure>
    <Figure label="refunded" figure={<Sums sums={today.refunds} />}>
      {countOf(today.refunds, 'refund')}
    </Figure>
    <Figure label="canceled" figure={today.cancellationsDone}>
      {today.cancellationsAsked === 0 ? null : `${today.cancellationsAsked} more scheduled for later`}
    </Figure>
    <Figure label="new customers" figure={today.newCustomers} />
    <Figure label="emails sent" figure={today.emailsSent} />
  </div>
);

const Figure = ({ label, figure, children }: { label: string; figure: ReactNode; children?: ReactNode }) => (
  <div className="tile">
    <strong>{typeof figure === 'number' ? figure.toLocaleString('en-US') : figure}</strong>
    {label}
    {children ? <small className="quiet reason">{children}</small> : null}
  </div>
);

const Sums = ({ sums }: { sums: Figures['payments'] }) =>
  sums.length === 0
    ? '–'
    : sums.map(({ currency, amountMinor }) => (
        <span key={currency} className="sum">
          {moneyInWords({ currency, amountMinor })}
        </span>
      ));

function countOf(sums: Figures['payments'], one: string): string | null {
  const count = sums.reduce((all, sum) => all + sum.count, 0);
  return count === 0 ? null : `${count.toLocaleString('en-US')} ${count === 1 ? one : `${one}s`}`;
}
