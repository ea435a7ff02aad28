import type { ReactNode } from 'react';
import type { z } from 'zod';
import { declineWords } from '../../../../emails/words/decline.ts';
import { capital } from '../../../../emails/words/sentence.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import type { Site } from '../../page.ts';
import { asTable, ID, type ListColumn } from '../../lists/column.tsx';
import { Table, type Column } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { PersonRow, PurchaseLink } from '../../parts/person.tsx';
import { AccessStanding, BillingStanding, Warnings, warningsOf } from '../../parts/standing.tsx';
import { Near } from '../../parts/when.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';
import { DUE_SHORT } from '../../words/due.ts';
import type { Here } from '../../words/instant.ts';

type Summary = z.output<typeof purchaseSummarySchema>;
/** What must be looked at, the reason of a failed payment first. */
const attentionOf = ({ unpaid, ...purchase }: Summary): string =>
  [
    ...(unpaid === null ? [] : [capital(declineWords(unpaid.declineCode) ?? 'overdue')]),
    ...warningsOf(purchase).map(([short]) => short),
  ].join('; ');

/** Nothing is `$0.00`. */
const paidInWords = ({ paid }: Summary): string => (paid && paid.amountMinor > 0 ? moneyInWords(paid) : '');

const CUSTOMER: ListColumn<Summary> = {
  name: 'customer',
  label: 'Customer',
  width: 'wide',
  at: '1',
  value: ({ contact }) => contact.name ?? contact.email,
  cell: ({ id, contact }) => <PersonRow {...contact} href={`/purchases/${id}`} />,
};

const OFFER: ListColumn<Summary> = {
  name: 'offer',
  label: 'Offer',
  width: 'wide',
  isQuiet: true,
  value: ({ offer }) => offer.name,
  cell: ({ offer }) => <bdi title={offer.name}>{offer.name}</bdi>,
};

const OFFER_FIRST: ListColumn<Summary> = {
  name: 'offer',
  label: 'Offer',
  width: 'wide',
  at: '1',
  value: ({ offer }) => offer.name,
  cell: (purchase) => <PurchaseLink {...purchase} />,
};

/** What can be shown of purchases, on a page and in a file. */
export const PURCHASE_COLUMNS: readonly ListColumn<Summary>[] = [
  CUSTOMER,
  { name: 'email', label: 'Email', isExtra: true, width: 'wide', value: ({ contact }) => contact.email },
  OFFER,
  {
    name: 'billing',
    label: 'Billing',
    at: '1r',
    value: ({ billingStatus, cancelAt }) => (cancelAt === null ? BILLING_WORDS[billingStatus].label : 'Ending'),
    cell: (purchase, here) => <BillingStanding purchase={purchase} site={here} />,
  },
  { name: 'ends', label: 'Ends', isExtra: true, isFigure: true, instant: ({ cancelAt }) => cancelAt },
  { name: 'trialEnds', label: 'Trial ends', isExtra: true, isFigure: true, instant: ({ trialEndsAt }) => trialEndsAt },
  {
    name: 'access',
    label: 'Access',
    value: ({ accessStatus }) => ACCESS_WORDS[accessStatus].label,
    cell: (purchase, here) => <AccessStanding purchase={purchase} site={here} />,
  },
  {
    name: 'attention',
    label: 'Attention',
    width: 'fit',
    value: attentionOf,
    cell: (purchase) => <Attention purchase={purchase} />,
  },
  {
    name: 'next',
    label: 'Next',
    at: '2',
    value: ({ nextDueKind }) => nextDueKind && DUE_SHORT[nextDueKind],
    cell: (purchase, here) => <Next purchase={purchase} site={here} />,
  },
  {
    name: 'when',
    label: 'When',
    isFigure: true,
    sort: 'nextDue',
    instant: ({ nextDueAt }) => nextDueAt,
    cell: ({ nextDueAt }, here) => <Near at={nextDueAt} site={here} none="" />,
  },
  {
    name: 'charge',
    label: 'Next charge',
    isFigure: true,
    at: '2r',
    sort: 'nextCharge',
    amount: ({ unpaid, nextCharge }) => unpaid ?? nextCharge,
    cell: (purchase, here) => <Charge purchase={purchase} site={here} />,
  },
  { name: 'chargeAt', label: 'Charged', isExtra: true, isFigure: true, instant: ({ nextChargeAt }) => nextChargeAt },
  {
    name: 'paid',
    label: 'Paid',
    isFigure: true,
    isQuiet: true,
    isSpare: true,
    amount: ({ paid }) => paid,
    cell: paidInWords,
  },
  {
    name: 'bought',
    label: 'Bought',
    isFigure: true,
    isQuiet: true,
    isSpare: true,
    sort: 'newest',
    instant: ({ startedAt }) => startedAt,
    cell: (purchase, here) => <Bought purchase={purchase} site={here} />,
  },
  { name: 'origin', label: 'How', isExtra: true, value: ({ origin }) => origin },
  ID,
];

type TableProps = { site: Site; purchases: readonly Summary[]; empty: ReactNode };

/** Purchases as lines: who and what, where both axes stand, what is wrong, and what comes next. */
export const PurchaseTable = (props: TableProps) => (
  <Lines {...props} columns={asTable(PURCHASE_COLUMNS, props.site)} />
);

/** The purchases of one person, whose name stands above already. */
export const PurchasesOfOne = (props: TableProps) => (
  <Lines
    {...props}
    columns={asTable([OFFER_FIRST, ...PURCHASE_COLUMNS.filter((one) => one !== OFFER)], props.site, ['customer'])}
  />
);

const Lines = ({ purchases, empty, columns }: TableProps & { columns: readonly Column<Summary>[] }) => (
  <Table caption="Purchases" rows={purchases} keyOf={({ id }) => id} empty={empty} columns={columns} />
);

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
const Next = ({ purchase: { nextDueKind, nextDueAt }, site }: { purchase: Summary; site: Here }) =>
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
  site: Here;
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

const Bought = ({ purchase: { startedAt, origin }, site }: { purchase: Summary; site: Here }) => (
  <>
    {origin === 'granted' ? 'granted ' : null}
    <Near at={startedAt} site={site} />
  </>
);
