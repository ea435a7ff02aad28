import type { ReactNode } from 'react';
import type { StripePage } from '../../../stripe-page.ts';
import { asTable, type ListColumn } from '../../lists/column.tsx';
import { Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { PersonLink } from '../../parts/person.tsx';
import { When } from '../../parts/when.tsx';
import { cardInWords } from '../../../../emails/words/card.ts';
import type { Here } from '../../words/instant.ts';
import { PAYMENT_WORDS } from '../../words/payment.ts';
import { purchasePath } from '../purchase/read-purchase.ts';
import { chargedTwice, type Payment } from './charged-twice.ts';
import { whyInWords, WhyOf } from './payment-why.tsx';

type Refund = Payment['refunds'][number];
/** A payment, or what was given back of it; `isSecond`: the same was charged shortly before. */
export type Line = { payment: Payment; refund: Refund | null; isSecond: boolean };

type Around = {
  mayRefund: boolean;
  /** Where the amount of a payment leads to Stripe's page of it. */
  stripePage?: StripePage;
};

type ColumnsOf = Around & { of: 'account' | 'contact' | 'purchase' };

type TableProps = Around & {
  site: Here;
  payments: readonly Payment[];
  /** Whose list it is: what stands above it already is not said in each line. */
  of: 'contact' | 'purchase';
  empty: ReactNode;
};

/** Payments of somebody, the newest first, each with what was given back [R10.1, R10.3, R11.7]. */
export function PaymentTable({ payments, site, of, empty, ...around }: TableProps) {
  const left = ['customer', ...(of === 'purchase' ? ['offer'] : [])];
  if (payments.every(({ card }) => card === null)) left.push('card');
  return (
    <Table
      caption="Payments and refunds"
      rows={linesOf(payments)}
      keyOf={keyOfLine}
      empty={empty}
      columns={asTable(paymentColumns({ ...around, of }), site, left)}
    />
  );
}

export const keyOfLine = ({ payment, refund }: Line): string => refund?.id ?? payment.id;

/** What can be shown of payments and refunds, on a page and in a file. */
export const paymentColumns = ({ of, mayRefund, stripePage = () => null }: ColumnsOf): readonly ListColumn<Line>[] => [
  {
    name: 'amount',
    label: 'Amount',
    isFigure: true,
    at: '1r',
    amount: ({ payment, refund }) => refund ?? payment,
    cell: (line) => <Amount {...line} href={stripePage('invoices', line.payment.id)} />,
  },
  stateColumn(of === 'account' ? '2' : '1'),
  CUSTOMER,
  EMAIL,
  OFFER,
  CARD,
  {
    name: 'why',
    label: 'Why',
    width: of === 'purchase' ? undefined : 'wide',
    value: whyInWords,
    cell: (line, here) => <span className="person">{whyOf(line, here)}</span>,
  },
  {
    name: 'when',
    label: 'When',
    isFigure: true,
    at: of === 'account' ? undefined : '2',
    instant: atOf,
    cell: (line, here) => <When at={atOf(line)} site={here} />,
  },
  RECEIPT,
  ...EXTRAS,
  {
    name: 'step',
    label: 'What to do',
    isFigure: true,
    at: '2r',
    isStep: true,
    cell: (line) => <Action {...line} mayRefund={mayRefund} />,
  },
];

const EXTRAS: readonly ListColumn<Line>[] = [
  {
    name: 'refunded',
    label: 'Refunded',
    isExtra: true,
    isFigure: true,
    amount: ({ payment: { refundedMinor, currency }, refund }) =>
      refund ? null : { amountMinor: refundedMinor, currency },
  },
  { name: 'id', label: 'Id', isExtra: true, value: keyOfLine },
  { name: 'purchase', label: 'Purchase', isExtra: true, value: ({ payment }) => payment.purchaseId },
];

const atOf = ({ payment, refund }: Line) => refund?.createdAt ?? payment.at;

const whyOf = ({ payment, refund, isSecond }: Line, site: Here): ReactNode =>
  refund ? null : <WhyOf payment={payment} site={site} isSecond={isSecond} />;

/** On a phone with the reason, which has a column of its own elsewhere. */
const stateColumn = (at: '1' | '2'): ListColumn<Line> => ({
  name: 'state',
  label: 'State',
  at,
  value: ({ payment, refund }) => (refund ? `Refund ${refund.status}` : PAYMENT_WORDS[payment.state].label),
  cell: (line, here) => (
    <>
      <StateOf {...line} /> <span className="narrow-only why">{whyOf(line, here)}</span>
    </>
  ),
});

/** Each payment, and under it what was given back of it, the latest first. */
export function linesOf(payments: readonly Payment[]): Line[] {
  const second = new Set(chargedTwice(payments).map(({ later }) => later.id));
  return payments.flatMap((payment) => {
    const isSecond = second.has(payment.id);
    const refunds = payment.refunds.toReversed().map((refund) => ({ payment, refund, isSecond }));
    return [{ payment, refund: null, isSecond }, ...refunds];
  });
}

function Amount({ payment, refund, href }: Line & { href: string | null }) {
  const amount = moneyInWords(refund ?? payment);
  if (refund || href === null) return amount;
  return (
    <a href={href} title="Open at Stripe">
      {amount}
    </a>
  );
}

const CUSTOMER: ListColumn<Line> = {
  name: 'customer',
  label: 'Customer',
  width: 'wide',
  at: '1',
  value: ({ payment: { contact } }) => contact.name ?? contact.email,
  cell: ({ payment, refund }) => (refund ? null : <PersonLink {...payment.contact} />),
};

const EMAIL: ListColumn<Line> = {
  name: 'email',
  label: 'Email',
  width: 'wide',
  isExtra: true,
  value: ({ payment }) => payment.contact.email,
};

const OFFER: ListColumn<Line> = {
  name: 'offer',
  label: 'For',
  width: 'less',
  value: ({ payment }) => payment.offer.name,
  cell: ({ payment, refund }) => (refund ? null : <a href={purchasePath(payment.purchaseId)}>{payment.offer.name}</a>),
};

const CARD: ListColumn<Line> = {
  name: 'card',
  label: 'Card',
  value: ({ payment: { card } }) => card && cardInWords(card),
  cell: ({ payment: { card }, refund }) => (refund || !card ? null : cardInWords(card)),
};

const RECEIPT: ListColumn<Line> = {
  name: 'receipt',
  label: 'Receipt',
  value: ({ payment, refund }) => (refund ? refund.creditNoteNumber : payment.receiptNumber),
  cell: ({ payment, refund }) => {
    const [number, href] = refund
      ? [refund.creditNoteNumber, `/refunds/${refund.id}/credit-note.pdf`]
      : [payment.receiptNumber, `/payments/${payment.id}/receipt.pdf`];
    return number !== null && refund?.status !== 'failed' ? <a href={href}>{number}</a> : null;
  },
};

const REFUND_WORDS = {
  pending: { label: 'On its way', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
} as const;

function StateOf({ payment, refund }: Line) {
  if (!refund) return <Badge tone={PAYMENT_WORDS[payment.state].tone}>{PAYMENT_WORDS[payment.state].label}</Badge>;
  return (
    <span className="refund">
      Refund{refund.commandId === null ? ' made at Stripe' : ''}{' '}
      {refund.status === 'succeeded' ? null : (
        <Badge tone={REFUND_WORDS[refund.status].tone}>{REFUND_WORDS[refund.status].label}</Badge>
      )}
    </span>
  );
}

/** The next step, with its figure; what is asked first stands on that page. */
function Action({ payment, refund, mayRefund }: Line & { mayRefund: boolean }) {
  const { id, purchaseId, state, amountMinor, refundedMinor, currency } = payment;
  if (refund) return null;
  const amount = moneyInWords({ amountMinor: amountMinor - refundedMinor, currency });
  switch (state) {
    case 'succeeded':
    case 'partially_refunded': {
      const address = `${purchasePath(purchaseId)}/refund?paymentId=${encodeURIComponent(id)}`;
      return mayRefund ? <Verb href={address} text={`Refund ${amount}`} payment={payment} /> : null;
    }
    case 'failed': {
      const address = `${purchasePath(purchaseId)}/retry-payment`;
      return mayRefund ? <Verb href={address} text={`Retry ${amount}`} payment={payment} /> : null;
    }
    case 'refunded':
      return <span className="quiet">Refunded in full</span>;
    case 'disputed':
    case 'requires_action':
    case 'canceled':
      return null;
  }
}

/** Read out, it says of whom as well. */
const Verb = ({ href, text, payment: { contact } }: { href: string; text: string; payment: Payment }) => (
  <a className="btn tiny" href={href} aria-label={`${text}, ${contact.name ?? contact.email}`}>
    {text}
  </a>
);
