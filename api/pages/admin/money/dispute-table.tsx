import type { ReactNode } from 'react';
import { capital } from '../../../../emails/words/sentence.ts';
import type { DisputeRecord as Dispute } from '../../../money/dispute-schema.ts';
import type { StripePage } from '../../../stripe-page.ts';
import { asTable, ID, type ListColumn } from '../../lists/column.tsx';
import { Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { DISPUTE_WORDS } from '../../words/dispute.ts';
import type { Here } from '../../words/instant.ts';
import { purchasePath } from '../purchase/read-purchase.ts';

type ColumnsOf = {
  /** On a purchase's own page nobody has to be told whose it is. */
  of: 'account' | 'purchase';
  stripePage: StripePage;
};

type TableProps = ColumnsOf & { site: Here; disputes: readonly Dispute[]; empty: ReactNode };

/** Disputes and inquiries of a purchase, the newest first [R10.5]. */
export const DisputeTable = ({ site, disputes, empty, ...of }: TableProps) => (
  <Table
    caption="Disputes and inquiries"
    rows={disputes}
    keyOf={({ id }) => id}
    empty={empty}
    columns={asTable(disputeColumns(of), site, ['customer'])}
  />
);

const FIGURES: readonly ListColumn<Dispute>[] = [
  {
    name: 'opened',
    label: 'Opened',
    isFigure: true,
    isSpare: true,
    instant: ({ openedAt }) => openedAt,
    cell: ({ openedAt }, here) => <Day at={openedAt} site={here} />,
  },
  {
    name: 'deadline',
    label: 'Evidence by',
    isFigure: true,
    at: '2r',
    instant: ({ needsResponse, evidenceDueAt }) => (needsResponse ? evidenceDueAt : null),
    cell: (dispute, here) => <Deadline {...dispute} site={here} />,
  },
  { name: 'amount', label: 'Amount', isFigure: true, at: '1r', amount: (dispute) => dispute },
];

/** What can be shown of disputes, on a page and in a file. */
export const disputeColumns = ({ of, stripePage }: ColumnsOf): readonly ListColumn<Dispute>[] => [
  CUSTOMER,
  { name: 'email', label: 'Email', isExtra: true, value: ({ contact }) => contact.email },
  { name: 'offer', label: 'Offer', isExtra: true, value: ({ offer }) => offer.name },
  {
    name: 'state',
    label: 'State',
    at: of === 'account' ? '2' : '1',
    value: ({ state }) => DISPUTE_WORDS[state].label,
    cell: (dispute) => <StateOf {...dispute} />,
  },
  {
    name: 'why',
    label: 'Why',
    width: 'less',
    at: of === 'account' ? undefined : '2',
    value: whyOf,
    cell: (dispute) => <span title={dispute.reason ?? undefined}>{whyOf(dispute)}</span>,
  },
  ...FIGURES,
  ID,
  {
    name: 'step',
    label: 'What to do',
    isFigure: true,
    isStep: true,
    cell: (dispute) => <AtStripe {...dispute} stripePage={stripePage} />,
  },
];

const whyOf = ({ reasonInWords }: Dispute): string => capital(reasonInWords ?? 'no reason is known');

const CUSTOMER: ListColumn<Dispute> = {
  name: 'customer',
  label: 'Customer',
  width: 'wide',
  at: '1',
  value: ({ contact, offer }) => `${contact.name ?? contact.email} · ${offer.name}`,
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
const Deadline = ({ needsResponse, evidenceDueAt, site }: Dispute & { site: Here }) =>
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
