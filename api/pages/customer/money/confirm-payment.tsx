import { Problem } from '../../../http/problem.ts';
import { publicPaymentRoutes } from '../../../money/public-payments.ts';
import { inSite, OF_SITE, page, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';

/**
 * Where the link of an email leads when the bank wants a confirmation [R11.4]: on to the invoice's
 * own page at Stripe, without a login.
 */
export const confirmPaymentPage: Page = {
  path: `${OF_SITE}/billing/confirm-payment`,
  audience: 'public',
  async show(call: PageCall): Promise<PageAnswer> {
    const { api, query } = call;
    const params = { purchaseId: query.purchase || 'none', invoiceId: query.invoice || 'none' };
    try {
      const found = await api.read(publicPaymentRoutes.paymentPage, { params });
      return { kind: 'handOver', to: found.url, title: 'Continue to your payment' };
    } catch (error) {
      if (!(error instanceof Problem) || ![404, 409, 422].includes(error.status)) throw error;
      return page('Nothing to confirm', <NothingToConfirm site={siteOf(call)} />, error.status === 409 ? 200 : 404);
    }
  },
};

const NothingToConfirm = ({ site }: { site: Site }) => (
  <section className="lone">
    <h1>Nothing to confirm</h1>
    <p>This payment has already gone through, or is no longer due.</p>
    <p>
      <a href={inSite(site, '/billing')}>Go to your billing</a>
    </p>
  </section>
);
