import type { StripePage } from '../../../stripe-page.ts';
import type { Site } from '../../page.ts';
import type { Payments, Purchase } from '../purchase/read-purchase.ts';
import { PaymentTable } from './payment-table.tsx';

type PaymentsProps = { purchase: Purchase; payments: Payments; site: Site; canRefund: boolean; stripePage: StripePage };

/** What was paid or failed of a purchase; a grant has no such section [R12.3]. */
export function PaymentsSection({ purchase: { id, billing }, payments, site, canRefund, stripePage }: PaymentsProps) {
  if (billing.status === 'none' && payments.data.length === 0) return null;
  return (
    <section>
      <h2>Payments</h2>
      <PaymentTable
        payments={payments.data}
        site={site}
        of="purchase"
        mayRefund={canRefund}
        stripePage={stripePage}
        empty={<p>Nothing has been paid yet.</p>}
      />
      {payments.nextCursor === null ? null : <a href={`/payments?purchaseId=${id}`}>All payments of this purchase</a>}
    </section>
  );
}
