import type { ReactNode } from 'react';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import type { Site } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Day, DayAndNear } from '../../parts/when.tsx';

type Props = { purchase: MyPurchase; site: Site };

/** What is due, what is paid next, when it ends, or what was paid: the figure looked for first. */
export function PurchaseAmount({ purchase, site }: Props) {
  const { overdue, nextCharge, cancelAt } = purchase;
  if (overdue)
    return (
      <Figure label="Due" value={moneyInWords(overdue)}>
        since <Day at={overdue.since} site={site} />
      </Figure>
    );
  if (nextCharge)
    return (
      <Figure label="Next payment" value={moneyInWords(nextCharge)}>
        <DayAndNear at={nextCharge.at} site={site} />
      </Figure>
    );
  if (cancelAt !== null)
    return (
      <Figure label="Ends" value={<Day at={cancelAt} site={site} />}>
        nothing more is charged
      </Figure>
    );
  return <Paid purchase={purchase} />;
}

/** Where all is paid; what was given back of it is in the list of payments too. */
function Paid({ purchase: { billingStatus, payments } }: Pick<Props, 'purchase'>) {
  const [first] = payments;
  if (!first || (billingStatus !== 'paid' && billingStatus !== 'completed')) return null;
  const amountMinor = payments.reduce((sum, payment) => sum + payment.amountMinor - payment.refundedMinor, 0);
  return (
    <Figure label="Paid" value={moneyInWords({ amountMinor, currency: first.currency })}>
      nothing more is due
    </Figure>
  );
}

type FigureProps = { label: string; value: ReactNode; children: ReactNode };

const Figure = ({ label, value, children }: FigureProps) => (
  <div>
    <p className="label">{label}</p>
    <p className="fact">{value}</p>
    <p className="quiet small">{children}</p>
  </div>
);
