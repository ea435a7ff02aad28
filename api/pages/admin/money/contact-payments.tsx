import type { z } from 'zod';
import type { paymentTotals } from '../../../platform/overview-schema.ts';
import type { Site } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { PAYMENT_WORDS } from '../../words/payment.ts';
import { chargedTwice, type Payment, type Twice } from './charged-twice.ts';
import { PaymentTable } from './payment-table.tsx';

type Totals = z.output<typeof paymentTotals>[];
/** The newest payments of a person, and what was paid in total. */
export type PaymentsOfContact = { contactId: string; totals: Totals; newest: Payment[]; hasMore: boolean };

type SectionProps = PaymentsOfContact & { site: Site; mayRefund: boolean };

/** How many of them stand on the page of the person. */
export const SHOWN = 12;

/** What a person has paid, and whether anything was charged twice [R11.7]. */
export function ContactPayments({ contactId, totals, newest, hasMore, site, mayRefund }: SectionProps) {
  const isMore = hasMore || newest.length > SHOWN;
  return (
    <section>
      <h2>Payments</h2>
      {totals.length === 0 ? null : <PaidInTotal totals={totals} />}
      <ChargedTwice payments={newest} site={site} />
      <PaymentTable
        payments={newest.slice(0, SHOWN)}
        site={site}
        of="contact"
        mayRefund={mayRefund}
        empty={<p>Nothing has been paid yet.</p>}
      />
      {isMore ? <a href={`/payments?contactId=${contactId}`}>All payments of this person</a> : null}
    </section>
  );
}

/** Currencies are never added up. */
const PaidInTotal = ({ totals }: { totals: Totals }) => (
  <p>
    Paid in total:{' '}
    {totals.map(({ currency, payments, paidMinor, refundedMinor }, index) => (
      <span key={currency}>
        {index === 0 ? '' : '; '}
        <strong>{moneyInWords({ amountMinor: paidMinor, currency })}</strong> in {countOf(payments, 'payment')}
        {refundedMinor === 0 ? null : `, ${moneyInWords({ amountMinor: refundedMinor, currency })} of it refunded`}
      </span>
    ))}
  </p>
);

function ChargedTwice({ payments, site }: { payments: Payment[]; site: Site }) {
  const twice = chargedTwice(payments);
  if (twice.length > 0) return twice.map((one) => <Pair key={one.later.id} {...one} site={site} />);
  const paid = payments.filter(({ paidAt }) => paidAt !== null);
  return paid.length < 2 ? null : <p className="quiet">No amount was charged twice within a day.</p>;
}

const Pair = ({ earlier, later, site }: Twice & { site: Site }) => (
  <Notice tone="warn">
    <strong>{moneyInWords(later)} was charged twice within a day:</strong> <One payment={earlier} site={site} /> and{' '}
    <One payment={later} site={site} />.
  </Notice>
);

const One = ({ payment: { offer, at, state }, site }: { payment: Payment; site: Site }) => (
  <>
    for <bdi>{offer.name}</bdi> on <When at={at} site={site} />
    {state === 'succeeded' ? null : ` (${PAYMENT_WORDS[state].label.toLowerCase()})`}
  </>
);
