import type { StripePage } from '../../../stripe-page.ts';
import type { Site } from '../../page.ts';
import type { Payments, Purchase } from '../purchase/read-purchase.ts';
import type { DisputeRecord as Dispute } from '../../../money/dispute-schema.ts';
import { DisputeTable } from './dispute-table.tsx';
import { PaymentTable } from './payment-table.tsx';

type PaymentsProps = {
  purchase: Purchase;
  payments: Payments;
  disputes: readonly Dispute[];
  site: Site;
  canRefund: boolean;
  stripePage: StripePage;
};

/** What was paid or failed of a purchase; a grant has no such section [R12.3]. */
export function PaymentsSection(props: PaymentsProps) {
  const { purchase, payments, site, canRefund, stripePage } = props;
  if (purchase.billing.status === 'none' && payments.data.length === 0) return null;
  return (
    <>
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
        {payments.nextCursor === null ? null : (
          <a href={`/payments?purchaseId=${purchase.id}`}>All payments of this purchase</a>
        )}
      </section>
      <DisputesSection {...props} />
    </>
  );
}

/** What banks ask or claim of it; most purchases have no such section [R10.5]. */
const DisputesSection = ({ disputes, site, stripePage }: PaymentsProps) =>
  disputes.length === 0 ? null : (
    <section>
      <h2>Disputes</h2>
      <DisputeTable disputes={disputes} site={site} of="purchase" stripePage={stripePage} empty={null} />
    </section>
  );
