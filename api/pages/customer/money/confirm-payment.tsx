import { Problem } from '../../../http/problem.ts';
import { publicPaymentRoutes } from '../../../money/public-payments.ts';
import { pageOfSite, type Page, type PageAnswer, type PageCall } from '../../page.ts';

/**
 * Where the link of an email leads when the bank wants a confirmation [R11.4]: on to the invoice's
 * own page at Stripe, without a login.
 */
export const confirmPaymentPage: Page = {
  path: '/billing/confirm-payment',
  audience: 'public',
  async show({ api, query }: PageCall): Promise<PageAnswer> {
    const params = { purchaseId: query.purchase || 'none', invoiceId: query.invoice || 'none' };
    try {
      const found = await api.read(publicPaymentRoutes.paymentPage, { params });
      return { kind: 'handOver', to: found.url, title: 'Continue to your payment', siteName: found.siteName };
    } catch (error) {
      if (!(error instanceof Problem) || ![404, 409, 422].includes(error.status)) throw error;
      return pageOfSite(null, 'Nothing to confirm', <NothingToConfirm />, error.status === 409 ? 200 : 404);
    }
  },
};

const NothingToConfirm = () => (
  <section className="lone">
    <h1>Nothing to confirm</h1>
    <p>This payment has already gone through, or is no longer due.</p>
    <p>
      <a href="/billing">Go to your billing</a>
    </p>
  </section>
);
