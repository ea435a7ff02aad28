import type { ReactNode } from 'react';
import { countOf } from '../../parts/counts.ts';
import { moneyInWords } from '../../parts/money.tsx';
import type { Overview } from '../../../platform/overview-schema.ts';

type Figures = Overview['today'];

export const Today = ({ today }: { today: Figures }) => (
  <div className="tiles">
    <Figure label="new purchases" figure={today.bought + today.granted}>
      {today.granted === 0 ? null : `${today.granted} of them granted`}
    </Figure>
    <Figure label="payments taken" figure={<Sums sums={today.payments} />}>
      {countIn(today.payments, 'payment')}
    </Figure>
    <Figure label="refunded" figure={<Sums sums={today.refunds} />}>
      {countIn(today.refunds, 'refund')}
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

function countIn(sums: Figures['payments'], one: string): string | null {
  const count = sums.reduce((all, sum) => all + sum.count, 0);
  return count === 0 ? null : countOf(count, one);
}
