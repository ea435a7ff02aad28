import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import type { MyPurchase } from '../../../people/customer-schema.ts';

type Line = { id: string; at: string; what: string; amountMinor: number; currency: string };

const REFUND_WORDS = {
  pending: 'Refund, on its way',
  succeeded: 'Refund',
  failed: 'Refund, did not go through',
} as const;

/** Payments and refunds as one list, the newest first. */
function linesOf({ payments }: MyPurchase): Line[] {
  const lines = payments.flatMap((payment): Line[] => [
    { ...payment, at: payment.paidAt, what: 'Payment' },
    ...payment.refunds.map((refund) => ({ ...refund, at: refund.createdAt, what: REFUND_WORDS[refund.status] })),
  ]);
  return lines.sort((a, b) => (a.at < b.at ? 1 : -1));
}

export function Receipts({ purchase, site }: { purchase: MyPurchase; site: Site }) {
  const lines = linesOf(purchase);
  if (lines.length === 0) return null;
  return (
    <details open={lines.length <= 4}>
      <summary>Payments and refunds ({lines.length})</summary>
      <Table
        caption={`Payments and refunds of ${purchase.offer.name}, the newest first`}
        rows={lines}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          { label: 'Date', cell: ({ at }) => <Day at={at} site={site} />, at: '2' },
          { label: 'What', cell: ({ what }) => what, at: '1' },
          { label: 'Amount', cell: (line) => moneyInWords(line), isFigure: true, at: '1r' },
        ]}
      />
    </details>
  );
}
