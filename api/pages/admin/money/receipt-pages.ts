import { MONEY_READERS } from '../../../auth/roles.ts';
import { receiptRoutes } from '../../../money/receipts.ts';
import type { Page } from '../../page.ts';

/** The receipt of a payment, as a file. */
export const receiptPage: Page = {
  path: '/payments/{paymentId}/receipt.pdf',
  audience: 'admin',
  roles: MONEY_READERS,
  async show({ api, params: { paymentId = '' } }) {
    const content = await api.read(receiptRoutes.read, { params: { paymentId } });
    return { kind: 'file', name: `receipt-${paymentId}.pdf`, type: 'application/pdf', content };
  },
};

/** The credit note of a refund, as a file. */
export const creditNotePage: Page = {
  path: '/refunds/{refundId}/credit-note.pdf',
  audience: 'admin',
  roles: MONEY_READERS,
  async show({ api, params: { refundId = '' } }) {
    const content = await api.read(receiptRoutes.readCreditNote, { params: { refundId } });
    return { kind: 'file', name: `credit-note-${refundId}.pdf`, type: 'application/pdf', content };
  },
};
