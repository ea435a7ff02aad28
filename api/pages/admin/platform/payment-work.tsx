import { capital } from '../../../../emails/words/sentence.ts';
import { BILLING } from '../../../auth/roles.ts';
import type { DisputeRecord as Dispute } from '../../../money/dispute-schema.ts';
import { disputeRoutes } from '../../../money/disputes.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import type { Overview } from '../../../platform/overview-schema.ts';
import { hasRole, siteOf, type PageCall } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Day, Near } from '../../parts/when.tsx';
import type { Payment } from '../money/charged-twice.ts';
import { OF_A_KIND } from './purchase-work.tsx';
import { nameOf, NOTHING, type Work, type WorkItem } from './work-item.ts';

type Seen = Overview['attention'];

/** Disputes whose evidence can still be given, the earliest deadline first [R10.5]. */
export async function disputeWork(call: PageCall, { inDispute }: Seen): Promise<Work> {
  if (inDispute === 0) return NOTHING;
  const { data, nextCursor } = await call.api.read(disputeRoutes.list, {
    query: { needsResponse: 'true', limit: '50' },
  });
  const { now } = siteOf(call);
  const open = data.filter(({ evidenceDueAt }) => evidenceDueAt === null || evidenceDueAt >= now);
  const items = open.toSorted((a, b) => dueAt(a).localeCompare(dueAt(b))).map((one) => ofDispute(call, one));
  const more = nextCursor === null ? [] : [{ label: 'All disputes', href: '/disputes?needsResponse=true' }];
  return { items, more };
}

const dueAt = ({ evidenceDueAt }: Dispute): string => evidenceDueAt ?? '9999';

function ofDispute(call: PageCall, dispute: Dispute): WorkItem {
  const { id, purchaseId, contact, state, amountMinor, currency, reasonInWords, evidenceDueAt, openedAt } = dispute;
  const stripe = call.stripePage('disputes', id);
  return {
    key: id,
    tone: 'bad',
    title:
      state === 'inquiry'
        ? `The bank of ${nameOf(contact)} asks about a payment`
        : `${nameOf(contact)} disputes a payment`,
    href: `/purchases/${purchaseId}`,
    detail: (
      <>
        {capital(reasonInWords ?? 'no reason is known')}.{' '}
        {evidenceDueAt === null ? null : (
          <>
            Stripe takes evidence until <Day at={evidenceDueAt} site={siteOf(call)} />.
          </>
        )}
      </>
    ),
    since: openedAt,
    amount: { amountMinor, currency },
    actions: stripe === null ? [] : [{ label: 'Answer at Stripe', href: stripe }],
  };
}

/** Payments that failed, those that are about to be given up first [R11]. */
export async function failedPaymentWork(call: PageCall): Promise<Work[]> {
  const read = async (state: 'failed' | 'requires_action', label: string): Promise<Work> => {
    const { data, nextCursor } = await call.api.read(paymentRoutes.list, { query: { state, limit: OF_A_KIND } });
    const items = data.map((payment) => ofFailed(call, payment));
    return { items, more: nextCursor === null ? [] : [{ label, href: `/payments?state=${state}` }] };
  };
  const failed = await read('failed', 'All failed payments');
  const isLast = ({ tone }: WorkItem): number => (tone === 'bad' ? 0 : 1);
  failed.items.sort((a, b) => isLast(a) - isLast(b));
  return [failed, await read('requires_action', 'All that wait for a bank')];
}

function ofFailed(call: PageCall, payment: Payment): WorkItem {
  const { id, purchaseId, contact, amountMinor, currency, state, failedAt, nextTryAt } = payment;
  const isConfirmed = state === 'requires_action';
  const amount = { amountMinor, currency };
  const retry = { label: `Retry ${moneyInWords(amount)}`, href: `/purchases/${purchaseId}/retry-payment` };
  return {
    key: id,
    tone: nextTryAt === null && !isConfirmed ? 'bad' : 'warn',
    title: isConfirmed ? `${nameOf(contact)} must confirm at the bank` : `${nameOf(contact)} is overdue`,
    href: `/purchases/${purchaseId}`,
    detail: isConfirmed ? 'The email with the link has been sent.' : <WhyOverdue payment={payment} call={call} />,
    since: failedAt,
    amount,
    actions: !isConfirmed && hasRole(call, BILLING) ? [retry] : [],
  };
}

const WhyOverdue = ({
  payment: { attempts, nextTryAt, declineReason },
  call,
}: {
  payment: Payment;
  call: PageCall;
}) => (
  <>
    {capital(declineReason ?? 'the payment failed')}, try {attempts}.{' '}
    {nextTryAt === null ? (
      'Stripe does not try again.'
    ) : (
      <>
        Next try: <Near at={nextTryAt} site={siteOf(call)} />.
      </>
    )}
  </>
);
