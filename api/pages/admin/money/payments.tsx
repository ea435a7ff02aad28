import type { ReactNode } from 'react';
import { disputeInFull } from '../../../../emails/words/dispute.ts';
import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { purchasePath, type Purchase } from '../purchase/read-purchase.ts';

type PaymentsProps = { purchase: Purchase; site: Site; canRefund: boolean };
type Payment = Purchase['payments'][number];
type Line = { key: string; at: string; what: ReactNode; amountMinor: number; currency: string; more: ReactNode };

/** Every payment, the newest first, each with what was given back of it [R10.1, R10.3]. */
export function PaymentsSection({ purchase, site, canRefund }: PaymentsProps) {
  if (!purchase.billing && purchase.payments.length === 0) return null;
  const payments = purchase.payments.toSorted((a, b) => b.paidAt.localeCompare(a.paidAt));
  return (
    <section>
      <h2>Payments</h2>
      <Table
        caption="Payments and refunds"
        rows={payments.flatMap((payment) => linesOf(payment, { purchase, site, canRefund }))}
        keyOf={({ key }) => key}
        empty={<p>Nothing has been paid yet.</p>}
        columns={[
          { label: 'When', cell: ({ at }) => <When at={at} site={site} /> },
          { label: 'What', cell: ({ what }) => what },
          { label: 'Amount', cell: (line) => moneyInWords(line), isFigure: true },
          { label: 'More', cell: ({ more }) => more },
        ]}
      />
    </section>
  );
}

function linesOf(payment: Payment, { purchase, site, canRefund }: PaymentsProps): Line[] {
  const { id, paidAt, amountMinor, currency, refunds } = payment;
  const what = (
    <>
      Payment <DisputeOf payment={payment} />
      <WhyDisputed payment={payment} site={site} />
    </>
  );
  const own = { key: id, at: paidAt, what, amountMinor, currency, more: more(payment, purchase.id, canRefund) };
  const returned = refunds.map((refund) => ({
    key: refund.id,
    at: refund.createdAt,
    what: <RefundOf refund={refund} />,
    amountMinor: refund.amountMinor,
    currency,
    more: null,
  }));
  return [own, ...returned.toReversed()];
}

function DisputeOf({ payment: { disputedAt, disputes } }: { payment: Payment }) {
  if (disputes.some(({ status }) => status === 'lost')) return <Badge tone="bad">Dispute lost</Badge>;
  if (disputedAt !== null) return <Badge tone="bad">Disputed</Badge>;
  return disputes.some(({ status }) => status === 'inquiry') ? <Badge tone="warn">Inquiry</Badge> : null;
}

/** Why, and until when it may be answered, of what is not over yet. */
const WhyDisputed = ({ payment: { disputes }, site }: { payment: Payment; site: Site }) =>
  disputes
    .filter(({ status }) => status === 'open' || status === 'inquiry')
    .map(({ id, reason, evidenceDueAt }) => (
      <small key={id}>
        {disputeInFull(reason)}
        {evidenceDueAt === null ? null : (
          <>
            {' '}
            Respond at Stripe by <When at={evidenceDueAt} site={site} />.
          </>
        )}
      </small>
    ));

const REFUND_WORDS = {
  pending: { label: 'On its way', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
} as const;

const RefundOf = ({ refund: { status, commandId } }: { refund: Payment['refunds'][number] }) => (
  <span className="refund">
    Refund{commandId === null ? ' made at Stripe' : ''}{' '}
    {status === 'succeeded' ? null : <Badge tone={REFUND_WORDS[status].tone}>{REFUND_WORDS[status].label}</Badge>}
  </span>
);

function more(
  { id, amountMinor, refundedMinor, currency, disputedAt }: Payment,
  purchaseId: string,
  canRefund: boolean,
) {
  const left = amountMinor - refundedMinor;
  if (left === 0) return <span className="quiet">Refunded in full</span>;
  if (!canRefund || disputedAt !== null) return null;
  const label = refundedMinor === 0 ? 'Refund' : `Refund (${moneyInWords({ amountMinor: left, currency })} left)`;
  return <a href={`${purchasePath(purchaseId)}/refund?paymentId=${encodeURIComponent(id)}`}>{label}</a>;
}
