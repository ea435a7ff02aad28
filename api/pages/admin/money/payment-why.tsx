import { disputeInFull } from '../../../../emails/words/dispute.ts';
import { capital } from '../../../../emails/words/sentence.ts';
import type { DisputeStatus } from '../../../../workflows/domain/payments.ts';
import type { Site } from '../../page.ts';
import { When } from '../../parts/when.tsx';
import type { Payment } from './charged-twice.ts';

type Shown = { payment: Payment; site: Site };

/** Why it is not simply paid: what failed, what a bank claims, and until when to respond. */
export function WhyOf({ payment, site, isSecond }: Shown & { isSecond: boolean }) {
  if (!isSecond && payment.attempts === null && payment.disputes.length === 0) return null;
  return (
    <span className="person">
      {isSecond ? <small className="warning">The second charge of this amount within a day</small> : null}
      <WhyNotPaid payment={payment} site={site} />
      <WhyDisputed payment={payment} site={site} />
    </span>
  );
}

function WhyNotPaid({ payment, site }: Shown) {
  const { state, attempts, declineReason, declineCode } = payment;
  const reason = <Reason reason={declineReason} code={declineCode} />;
  switch (state) {
    case 'failed':
      return (
        <small>
          {reason} {capital(triesInWords(attempts ?? 1))}; <NextTry payment={payment} site={site} />
        </small>
      );
    case 'requires_action':
      return <small>The bank waits for the customer to confirm it.</small>;
    case 'canceled':
      return <small className="quiet">{reason} It is not collected any more.</small>;
    case 'succeeded':
    case 'partially_refunded':
    case 'refunded':
    case 'disputed':
      return attempts === null ? null : <small className="quiet">Paid after {triesInWords(attempts)}.</small>;
  }
}

const NextTry = ({ payment: { nextTryAt }, site }: Shown) =>
  nextTryAt === null ? (
    <>Stripe does not try again.</>
  ) : (
    <>
      Stripe tries again on <When at={nextTryAt} site={site} />.
    </>
  );

const triesInWords = (attempts: number): string => (attempts === 1 ? 'one failed try' : `${attempts} failed tries`);

const Reason = ({ reason, code }: { reason: string | null; code: string | null }) =>
  reason === null ? <>The payment failed.</> : <span title={code ?? undefined}>{capital(reason)}.</span>;

/** What there is to say of a dispute, and whether Stripe still takes evidence. */
const DISPUTES: Record<DisputeStatus, { begin: string; isOpen: boolean } | null> = {
  inquiry: { begin: 'Inquiry of the bank', isOpen: true },
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
      <small key={id}>
        {words.begin}: {disputeInFull(reason) ?? 'no reason is known'}.
        {words.isOpen && evidenceDueAt !== null ? (
          <>
            {' '}
            Respond at Stripe by <When at={evidenceDueAt} site={site} />.
          </>
        ) : null}
      </small>
    );
  });
