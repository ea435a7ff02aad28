import { receiptRoutes } from '../../../money/receipts.ts';
import { OF_SITE, type Page } from '../../page.ts';

/** The receipt of one's own payment, as a file. */
export const myReceiptPage: Page = {
  path: `${OF_SITE}/billing/payments/{paymentId}/receipt.pdf`,
  audience: 'customer',
  async show({ api, params: { paymentId = '' } }) {
    const content = await api.read(receiptRoutes.readMine, { params: { paymentId } });
    return { kind: 'file', name: `receipt-${paymentId}.pdf`, type: 'application/pdf', content };
  },
};

/** The credit note of one's own refund, as a file. */
export const myCreditNotePage: Page = {
  path: `${OF_SITE}/billing/refunds/{refundId}/credit-note.pdf`,
  audience: 'customer',
  async show({ api, params: { refundId = '' } }) {
    const content = await api.read(receiptRoutes.readMyCreditNote, { params: { refundId } });
    return { kind: 'file', name: `credit-note-${refundId}.pdf`, type: 'application/pdf', content };
  },
};

/** What an email links to: whoever has the email needs no login for it. */
export const mailedReceiptPage: Page = {
  path: `${OF_SITE}/receipt/{receiptToken}`,
  audience: 'public',
  async show({ api, params: { receiptToken = '' } }) {
    const content = await api.read(receiptRoutes.readByLink, { params: { receiptToken } });
    return { kind: 'file', name: 'receipt.pdf', type: 'application/pdf', content };
  },
};
