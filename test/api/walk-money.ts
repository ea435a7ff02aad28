type Step = { params?: Record<string, string>; query?: Record<string, string> };

/** What operations that read figures are asked with. */
export const moneySteps = ({ purchaseId, disputeId }: Record<'purchaseId' | 'disputeId', string>) =>
  ({
    listPayments: {},
    countPayments: {},
    countPaymentStates: {},
    getPayment: { params: { paymentId: `in_${purchaseId}` } },
    listDisputes: { query: { state: 'open' } },
    getDispute: { params: { disputeId } },
    listCancellationReasons: { query: { from: '2026-12' } },
    showSystem: {},
    readMetric: { params: { name: 'mrr' }, query: { interval: 'month' } },
  }) satisfies Record<string, Step>;
