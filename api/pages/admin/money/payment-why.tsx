import { disputeWords } from '../../../../emails/words/dispute.ts';
import { capital } from '../../../../emails/words/sentence.ts';
import type { DisputeStatus } from '../../../../workflows/domain/payments.ts';
import { countOf } from '../../parts/counts.ts';
import { Day, Near } from '../../parts/when.tsx';
import type { Here } from '../../words/instant.ts';
import type { Payment } from './charged-twice.ts';

type Shown = { payment: Payment; site: Here };

/**
 * Why it is not simply paid: what failed, what a bank claims, and until when to respond. In a list
 * it may be cut, so that what counts comes first; Stripe's code is in the title.
 */
export function WhyOf({ payment, site, isSecond }: Shown & { isSecond: boolean }) {
  if (!isSecond && payment.attempts === null && payment.disputes.length === 0) return null;
  return (
    <>
      {isSecond ? <small className="warning">Second charge within a day</small> : null}
      <WhyNotPaid payment={payment} site={site} />
      <WhyDisputed payment={payment} site={site} />
    </>
  );
}

function WhyNotPaid({ payment, site }: Shown) {
  const { state, attempts, nextTryAt, declineReason, declineCode } = payment;
  const reason = capital(declineReason ?? 'the payment failed');
  switch (state) {
    case 'failed':
      return (
        <small title={declineCode ?? undefined}>
          {reason}, try {attempts}, {nextTryAt === null ? 'the last' : 'next '}
          <Near at={nextTryAt} site={site} none="" />
        </small>
      );
    case 'requires_action':
      return <small>The bank waits for a confirmation</small>;
    case 'canceled':
      return (
        <small className="quiet" title={declineCode ?? undefined}>
          {reason}
        </small>
      );
    case 'succeeded':
    case 'partially_refunded':
    case 'refunded':
    case 'disputed':
      return attempts === null ? null : (
        <small className="quiet">Paid after {countOf(attempts, 'failed try', 'failed tries')}</small>
      );
  }
}

/** How a line on a dispute begins, and whether Stripe still takes evidence. */
const DISPUTES: Record<DisputeStatus, { begin: string; isOpen: boolean } | null> = {
  inquiry: { begin: 'Inquiry', isOpen: true },
  open: { begin: 'Dispute', isOpen: true },
  lost: { begin: 'Dispute lost', isOpen: false },
  won: null,
  closed: null,
};

const WhyDisputed = ({ payment: { disputes }, site }: Shown) =>
  disputes.map(({ id, status, reason, evidenceDueAt }) => {
    const words = DISPUTES[status];
    if (!words) return null;
    return (
      <small key={id} title={reason ?? undefined}>
        {words.begin}
        {words.isOpen && evidenceDueAt !== null ? (
          <>
            , respond by <Day at={evidenceDueAt} site={site} />
          </>
        ) : null}
        : {disputeWords(reason) ?? 'no reason is known'}
      </small>
    );
  });

type Told = { payment: Payment; refund: unknown; isSecond: boolean };

/** The same in short, without dates. */
export function whyInWords({ payment, refund, isSecond }: Told): string {
  const { state, attempts, declineReason, disputes } = payment;
  if (refund !== null) return '';
  const isUnpaid = state === 'failed' || state === 'canceled';
  return [
    ...(isSecond ? ['Second charge within a day'] : []),
    ...(isUnpaid ? [capital(declineReason ?? 'the payment failed')] : []),
    ...(state === 'requires_action' ? ['The bank waits for a confirmation'] : []),
    ...(isUnpaid || state === 'requires_action' || attempts === null
      ? []
      : [`Paid after ${countOf(attempts, 'failed try', 'failed tries')}`]),
    ...disputes.flatMap(({ status, reason }) => {
      const words = DISPUTES[status];
      return words ? [`${words.begin}: ${disputeWords(reason) ?? 'no reason is known'}`] : [];
    }),
  ].join('; ');
}
