import type { MyPurchase } from '../../../people/customer-schema.ts';
import { inSite, type Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';

type Payment = MyPurchase['payments'][number];
type Line = {
  id: string;
  at: string;
  what: string;
  period: Payment['period'];
  amountMinor: number;
  currency: string;
  /** Its receipt or credit note; null = it has none. */
  file: { href: string; label: string } | null;
};
type Props = { purchases: readonly MyPurchase[]; site: Site };

const REFUND_WORDS = {
  pending: 'refund, on its way',
  succeeded: 'refund',
  failed: 'refund, did not go through',
} as const;

/** Payments and refunds of all purchases as one list, the newest first. */
const linesOf = ({ purchases, site }: Props): Line[] =>
  purchases
    .flatMap(({ offer, payments }) => payments.flatMap((payment) => linesOfPayment(offer.name, payment, site)))
    .sort((a, b) => (a.at < b.at ? 1 : -1));

const linesOfPayment = (what: string, { refunds, ...payment }: Payment, site: Site): Line[] => [
  {
    ...payment,
    at: payment.paidAt,
    what,
    file: { href: inSite(site, `/billing/payments/${payment.id}/receipt.pdf`), label: 'Receipt' },
  },
  ...refunds.map((refund) => ({
    ...refund,
    at: refund.createdAt,
    what: `${what}, ${REFUND_WORDS[refund.status]}`,
    period: null,
    file:
      refund.status === 'succeeded'
        ? { href: inSite(site, `/billing/refunds/${refund.id}/credit-note.pdf`), label: 'Credit note' }
        : null,
  })),
];

const MOST_OPEN = 12;

/** What was paid and given back; older ones are folded away. */
export function Receipts({ purchases, site }: Props) {
  const lines = linesOf({ purchases, site });
  if (lines.length === 0) return null;
  const older = lines.slice(MOST_OPEN);
  return (
    <section className="box stack" aria-labelledby="payments">
      <h2 id="payments">Payments</h2>
      <Lines caption="Payments and refunds, the newest first" lines={lines.slice(0, MOST_OPEN)} site={site} />
      {older.length === 0 ? null : (
        <details>
          <summary>Older ones ({older.length})</summary>
          <Lines caption="Older payments and refunds" lines={older} site={site} />
        </details>
      )}
    </section>
  );
}

type LinesProps = { caption: string; lines: readonly Line[]; site: Site };

const Lines = ({ caption, lines, site }: LinesProps) => (
  <Table
    caption={caption}
    rows={lines}
    keyOf={({ id }) => id}
    empty={null}
    columns={[
      { label: 'For', cell: ({ what }) => what, width: 'wide', at: '1' },
      { label: 'Period', cell: ({ period }) => <Period period={period} site={site} />, isQuiet: true, at: '2r' },
      { label: 'Date', cell: (line) => <Dated {...line} site={site} />, isQuiet: true, at: '2' },
      { label: 'Amount', cell: (line) => moneyInWords(line), isFigure: true, at: '1r' },
    ]}
  />
);

/** When it was, and its receipt or credit note as a file. */
const Dated = ({ at, file, site }: Line & { site: Site }) => (
  <>
    <Day at={at} site={site} />
    {file && (
      <>
        {' · '}
        <a href={file.href}>{file.label}</a>
      </>
    )}
  </>
);

const Period = ({ period, site }: { period: Line['period']; site: Site }) =>
  period && (
    <>
      <Day at={period.from} site={site} /> to <Day at={period.to} site={site} />
    </>
  );
