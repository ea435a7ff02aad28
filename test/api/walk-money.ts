import { Refund } from '../../db/entities/refund.ts';
import { receiptToken } from '../../db/money/receipt-link.ts';
import { T0 } from '../builders/rows.ts';
import { SECRET_KEY, type TestApi } from './an-api.ts';

type Step = { body?: object; params?: Record<string, string>; query?: Record<string, string> };

type Ids = Record<'accountId' | 'purchaseId' | 'disputeId', string>;

/** What operations that read money are asked with. */
export async function moneySteps(api: TestApi, { accountId, purchaseId, disputeId }: Ids) {
  const [paymentId, refundId] = [`in_${purchaseId}`, `re_${purchaseId}`];
  const made = { amountMinor: -100, currency: 'usd', status: 'succeeded', commandId: null, createdAt: T0 } as const;
  await api.orm.em.fork().insert(Refund, { accountId, purchaseId, paymentId, id: refundId, ...made });
  const link = { kind: 'credit_note', id: refundId, accountId } as const;
  return {
    getReceipt: { params: { paymentId } },
    getCreditNote: { params: { refundId } },
    getMyReceipt: { params: { paymentId } },
    getMyCreditNote: { params: { refundId } },
    getReceiptByLink: { params: { receiptToken: receiptToken(link, SECRET_KEY[0]) } },
    getReceiptSettings: {},
    updateReceiptSettings: { body: { address: 'Mill Lane 5', taxId: 'ATU12345678' } },
    listPayments: {},
    countPayments: {},
    countPaymentStates: {},
    getPayment: { params: { paymentId } },
    listDisputes: { query: { state: 'open' } },
    getDispute: { params: { disputeId } },
    listCancellationReasons: { query: { from: '2026-12' } },
    showSystem: {},
    readMetric: { params: { name: 'mrr' }, query: { interval: 'month' } },
  } satisfies Record<string, Step>;
}
