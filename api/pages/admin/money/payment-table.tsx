import type { ReactNode } from 'react';
import type { StripePage } from '../../../stripe-page.ts';
import type { Site } from '../../page.ts';
import { Table, type Column } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { PersonLink } from '../../parts/person.tsx';
import { When } from '../../parts/when.tsx';
import { cardInWords } from '../../../../emails/words/card.ts';
import { PAYMENT_WORDS } from '../../words/payment.ts';
import { purchasePath } from '../purchase/read-purchase.ts';
import { chargedTwice, type Payment } from './charged-twice.ts';
import { WhyOf } from './payment-why.tsx';

type Refund = Payment['refunds'][number];
/** A payment, or what was given back of it. */
type Line = { payment: Payment; refund: Refund | null };

type TableProps = {
  payments: readonly Payment[];
  site: Site;
  /** Whose list it is: what stands above it already is not said in each line. */
  of: 'account' | 'contact' | 'purchase';
  mayRefund: boolean;
  /** Where the amount of a payment leads to Stripe's page of it. */
  stripePage?: StripePage;
  empty: ReactNode;
};

/** Payments, the newest first, each with what was given back of it [R10.1, R10.3, R11.7]. */
export const PaymentTable = (props: TableProps) => (
  <Table
    caption="Payments and refunds"
    rows={props.payments.flatMap(linesOf)}
    keyOf={({ payment, refund }) => refund?.id ?? payment.id}
    empty={props.empty}
    columns={columnsOf(props)}
  />
);

function columnsOf({ payments, site, of, mayRefund, stripePage = () => null }: TableProps): Column<Line>[] {
  const second = new Set(chargedTwice(payments).map(({ later }) => later.id));
  const why = ({ payment, refund }: Line) =>
    refund ? null : <WhyOf payment={payment} site={site} isSecond={second.has(payment.id)} />;
  return [
    {
      label: 'Amount',
      cell: (line) => <Amount {...line} href={stripePage('invoices', line.payment.id)} />,
      isFigure: true,
      at: '1r',
    },
    stateColumn(why, of === 'account' ? '2' : '1'),
    ...(of === 'account' ? [CUSTOMER] : []),
    ...(of === 'purchase' ? [] : [OFFER]),
    ...(payments.some(({ card }) => card !== null) ? [CARD] : []),
    {
      label: 'Why',
      width: of === 'purchase' ? undefined : 'wide',
      cell: (line) => <span className="person">{why(line)}</span>,
    },
    {
      label: 'When',
      cell: ({ payment, refund }) => <When at={refund?.createdAt ?? payment.at} site={site} />,
      isFigure: true,
      at: of === 'account' ? undefined : '2',
    },
    { label: 'What to do', cell: (line) => <Action {...line} mayRefund={mayRefund} />, isFigure: true, at: '2r' },
  ];
}

/** On a phone with the reason, which has a column of its own elsewhere. */
const stateColumn = (why: (line: Line) => ReactNode, at: '1' | '2'): Column<Line> => ({
  label: 'State',
  cell: (line) => (
    <>
      <StateOf {...line} /> <span className="narrow-only why">{why(line)}</span>
    </>
  ),
  at,
});

const linesOf = (payment: Payment): Line[] => [
  { payment, refund: null },
  ...payment.refunds.toReversed().map((refund) => ({ payment, refund })),
];

function Amount({ payment, refund, href }: Line & { href: string | null }) {
  const amount = moneyInWords(refund ?? payment);
  if (refund || href === null) return amount;
  return (
    <a href={href} title="Open at Stripe">
      {amount}
    </a>
  );
}

const CUSTOMER: Column<Line> = {
  label: 'Customer',
  cell: ({ payment, refund }) => (refund ? null : <PersonLink {...payment.contact} />),
  width: 'wide',
  at: '1',
};

const OFFER: Column<Line> = {
  label: 'For',
  cell: ({ payment, refund }) => (refund ? null : <a href={purchasePath(payment.purchaseId)}>{payment.offer.name}</a>),
  width: 'less',
};

const CARD: Column<Line> = {
  label: 'Card',
  cell: ({ payment: { card }, refund }) => (refund || !card ? null : cardInWords(card)),
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
