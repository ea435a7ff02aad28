import type { ReactNode } from 'react';
import type { z } from 'zod';
import { declineWords } from '../../../../emails/words/decline.ts';
import { capital } from '../../../../emails/words/sentence.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import type { Site } from '../../page.ts';
import { Table, type Column } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { PersonRow, PurchaseLink } from '../../parts/person.tsx';
import { AccessStanding, BillingStanding, Warnings } from '../../parts/standing.tsx';
import { Near } from '../../parts/when.tsx';
import { DUE_SHORT } from '../../words/due.ts';

type Summary = z.output<typeof purchaseSummarySchema>;
type SortBy = (sort: string) => Column<Summary>['sort'];

type TableProps = {
  site: Site;
  purchases: readonly Summary[];
  empty: ReactNode;
  /** Of a person whose name stands above already. */
  isOfOne?: boolean;
  /** Where a list that can be sorted leads. */
  sortBy?: SortBy;
};

/** Purchases as lines: who and what, where both axes stand, what is wrong, and what comes next. */
export const PurchaseTable = ({ site, purchases, empty, isOfOne = false, sortBy = () => undefined }: TableProps) => (
  <Table
    caption="Purchases"
    rows={purchases}
    keyOf={({ id }) => id}
    empty={empty}
    columns={[
      ...(isOfOne ? [OFFER_FIRST] : [CUSTOMER, OFFER]),
      { label: 'Billing', cell: (purchase) => <BillingStanding purchase={purchase} site={site} />, at: '1r' },
      { label: 'Access', cell: (purchase) => <AccessStanding purchase={purchase} site={site} /> },
      { label: 'Attention', cell: (purchase) => <Attention purchase={purchase} />, width: 'fit' },
      { label: 'Next', cell: (purchase) => <Next purchase={purchase} site={site} />, at: '2' },
      {
        label: 'When',
        cell: ({ nextDueAt }) => <Near at={nextDueAt} site={site} none="" />,
        isFigure: true,
        sort: sortBy('nextDue'),
      },
      {
        label: 'Next charge',
        cell: (purchase) => <Charge purchase={purchase} site={site} />,
        isFigure: true,
        at: '2r',
        sort: sortBy('nextCharge'),
      },
      { label: 'Paid', cell: paidInWords, isFigure: true, isQuiet: true, isSpare: true },
      {
        label: 'Bought',
        cell: (purchase) => <Bought purchase={purchase} site={site} />,
        isFigure: true,
        isQuiet: true,
        isSpare: true,
        sort: sortBy('newest'),
      },
    ]}
  />
);

/** Nothing is `$0.00`. */
const paidInWords = ({ paid }: Summary): string => (paid && paid.amountMinor > 0 ? moneyInWords(paid) : '');

const CUSTOMER: Column<Summary> = {
  label: 'Customer',
  cell: ({ id, contact }) => <PersonRow {...contact} href={`/purchases/${id}`} />,
  width: 'wide',
  at: '1',
};

const OFFER: Column<Summary> = {
  label: 'Offer',
  cell: ({ offer }) => <bdi title={offer.name}>{offer.name}</bdi>,
  width: 'wide',
  isQuiet: true,
};

const OFFER_FIRST: Column<Summary> = {
  label: 'Offer',
  cell: (purchase) => <PurchaseLink {...purchase} />,
  width: 'wide',
  at: '1',
};

/** What must be looked at, the reason of a failed payment first. */
const Attention = ({ purchase }: { purchase: Summary }) => (
  <>
    {purchase.unpaid === null ? null : (
      <span className="bad" title={purchase.unpaid.declineCode ?? undefined}>
        {capital(declineWords(purchase.unpaid.declineCode) ?? 'overdue')}
      </span>
    )}
    <Warnings purchase={purchase} />
  </>
);

/** What happens next; on a phone with its day, which has a column of its own elsewhere. */
const Next = ({ purchase: { nextDueKind, nextDueAt }, site }: { purchase: Summary; site: Site }) =>
  nextDueKind === null ? (
    <span className="quiet narrow-only">Nothing due</span>
  ) : (
    <>
      {DUE_SHORT[nextDueKind]}
      <span className="narrow-only">
        {' '}
        <Near at={nextDueAt} site={site} />
      </span>
    </>
  );

/** How much, and when, where that is not when the next thing happens anyway. */
function Charge({
  purchase: { nextCharge, nextChargeAt, nextDueAt, unpaid },
  site,
}: {
  purchase: Summary;
  site: Site;
}) {
  const amount = unpaid ?? nextCharge;
  if (amount === null) return null;
  return (
    <>
      {nextChargeAt === null || nextChargeAt === nextDueAt ? null : (
        <span className="quiet wide-only">
          <Near at={nextChargeAt} site={site} />{' '}
        </span>
      )}
      {moneyInWords(amount)}
    </>
  );
}

const Bought = ({ purchase: { startedAt, origin }, site }: { purchase: Summary; site: Site }) => (
  <>
    {origin === 'granted' ? 'granted ' : null}
    <Near at={startedAt} site={site} />
  </>
);
