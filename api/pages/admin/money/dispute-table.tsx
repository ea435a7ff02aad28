import type { ReactNode } from 'react';
import { capital } from '../../../../emails/words/sentence.ts';
import type { DisputeRecord as Dispute } from '../../../money/dispute-schema.ts';
import type { StripePage } from '../../../stripe-page.ts';
import type { Site } from '../../page.ts';
import { Table, type Column } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { DISPUTE_WORDS } from '../../words/dispute.ts';
import { purchasePath } from '../purchase/read-purchase.ts';

type TableProps = {
  disputes: readonly Dispute[];
  site: Site;
  /** On a purchase's own page nobody has to be told whose it is. */
  of: 'account' | 'purchase';
  stripePage: StripePage;
  empty: ReactNode;
};

/** Disputes and inquiries, the newest first [R10.5]. */
export const DisputeTable = ({ disputes, site, of, stripePage, empty }: TableProps) => (
  <Table
    caption="Disputes and inquiries"
    rows={disputes}
    keyOf={({ id }) => id}
    empty={empty}
    columns={[
      ...(of === 'account' ? [CUSTOMER] : []),
      { label: 'State', at: of === 'account' ? '2' : '1', cell: (dispute) => <StateOf {...dispute} /> },
      {
        label: 'Why',
        width: 'less',
        at: of === 'account' ? undefined : '2',
        cell: ({ reasonInWords, reason }) => (
          <span title={reason ?? undefined}>{capital(reasonInWords ?? 'no reason is known')}</span>
        ),
      },
      { label: 'Opened', isFigure: true, isSpare: true, cell: ({ openedAt }) => <Day at={openedAt} site={site} /> },
      { label: 'Evidence by', isFigure: true, at: '2r', cell: (dispute) => <Deadline {...dispute} site={site} /> },
      { label: 'Amount', isFigure: true, at: '1r', cell: moneyInWords },
      { label: 'What to do', isFigure: true, cell: (dispute) => <AtStripe {...dispute} stripePage={stripePage} /> },
    ]}
  />
);

const CUSTOMER: Column<Dispute> = {
  label: 'Customer',
  width: 'wide',
  at: '1',
  cell: ({ purchaseId, contact, offer }) => (
    <a className="row" href={purchasePath(purchaseId)}>
      {contact.name ?? contact.email} · {offer.name}
    </a>
  ),
};

const StateOf = ({ state, stripeStatus }: Dispute) => (
  <>
    <Badge tone={DISPUTE_WORDS[state].tone}>{DISPUTE_WORDS[state].label}</Badge>
    {stripeStatus?.endsWith('under_review') === true ? <small className="quiet"> The bank decides</small> : null}
    {stripeStatus?.startsWith('appeal_') === true ? <small className="quiet"> On appeal</small> : null}
  </>
);

/** What nobody has to answer any more has no deadline that counts. */
const Deadline = ({ needsResponse, evidenceDueAt, site }: Dispute & { site: Site }) =>
  needsResponse ? <Day at={evidenceDueAt} site={site} none="Not known" /> : null;

function AtStripe({ id, contact, needsResponse, stripePage }: Dispute & { stripePage: StripePage }) {
  const href = stripePage('disputes', id);
  if (href === null) return null;
  const text = needsResponse ? 'Answer at Stripe' : 'See at Stripe';
  return (
    <a className="btn tiny" href={href} aria-label={`${text}, ${contact.name ?? contact.email}`}>
      {text}
    </a>
  );
}
