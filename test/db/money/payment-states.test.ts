import { beforeEach, expect, test } from '@jest/globals';
import { scopeTo } from '../../../db/account-scope.ts';
import { listPayments } from '../../../db/money/payments.ts';
import { recordPurchase } from '../../../db/purchase/record-purchase.ts';
import type { SubscriptionBilling } from '../../../workflows/domain/billing.ts';
import type { Payment } from '../../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { anEnd, anOverdue, aPayment, aPurchase, FEB_28, MAR_31 } from '../../builders/purchase.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

let accountId: string;
let ids: Pick<PurchaseState, 'accountId' | 'purchaseId' | 'contactId' | 'terms'>;
let revision = 0;

useOrm(1);
beforeEach(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  const { offerId } = await anOffer(em, accountId, {});
  const contactId = await aContact(em, accountId);
  const { purchaseId, terms } = await anIncompletePurchase(em, { contactId, offerId });
  ids = { accountId, purchaseId, contactId, terms };
  revision = 0;
});

type Given = { billing?: Partial<SubscriptionBilling>; payments?: Payment[]; paid?: Payment[] };

/** Records where the purchase stands; `paid`: the payments that are new. */
async function record({ billing = {}, payments = [], paid = payments }: Given): Promise<void> {
  revision += 1;
  const state = aPurchase({ ...ids, payments, billing: { subscriptionId: `sub_${ids.purchaseId}`, ...billing } });
  const nothing = { entries: [], emails: [], ends: [], followUps: [], stuckReason: null };
  const recorded = await recordPurchase(orm.em.fork(), {
    ...nothing,
    epoch: 0,
    revision,
    state,
    now: MAR_31,
    payments: paid,
  });
  expect(recorded.kind).toBe('recorded');
}

const states = async () => {
  const em = scopeTo(orm.em.fork(), accountId);
  const { rows } = await listPayments(em, {}, { limit: 50, after: null });
  return rows.map(({ payment: { id, state, at, attempts, canceledAt } }) => ({ id, state, at, attempts, canceledAt }));
};

const overdue = anOverdue({ invoiceId: 'in_2' });
const never = { attempts: null, canceledAt: null };

test('an invoice that failed is listed, and is the same payment once it is paid', async () => {
  await record({ billing: { overdue: [overdue] } });
  expect(await states()).toEqual([{ id: 'in_2', state: 'failed', at: FEB_28, attempts: 1, canceledAt: null }]);

  await record({ billing: { overdue: [{ ...overdue, attempts: 2, needsConfirmation: true }] } });
  expect(await states()).toMatchObject([{ state: 'requires_action', at: FEB_28, attempts: 2 }]);

  await record({ payments: [aPayment({ paymentId: 'in_2', paidAt: MAR_31 })] });
  expect(await states()).toEqual([{ id: 'in_2', state: 'succeeded', at: MAR_31, attempts: 2, canceledAt: null }]);
});

test('what was voided or given up is canceled, and nothing else is', async () => {
  const paid = aPayment({ paymentId: 'in_1', paidAt: T0 });
  await record({ payments: [paid], billing: { overdue: [overdue, { ...overdue, invoiceId: 'in_3' }] } });

  await record({ payments: [paid], paid: [], billing: { overdue: [overdue], closedInvoiceIds: ['in_3'] } });
  expect(await states()).toEqual([
    { id: 'in_3', state: 'canceled', at: FEB_28, attempts: 1, canceledAt: MAR_31 },
    { id: 'in_2', state: 'failed', at: FEB_28, attempts: 1, canceledAt: null },
    { id: 'in_1', state: 'succeeded', at: T0, ...never },
  ]);

  await record({ payments: [paid], paid: [], billing: { ended: anEnd() } });
  expect(await states()).toMatchObject([{ state: 'canceled' }, { state: 'canceled' }, { state: 'succeeded' }]);
});

test('one that is paid after the end of billing counts as paid, in the record that also gives up others', async () => {
  await record({ billing: { overdue: [overdue] } });
  await record({ billing: { ended: anEnd() } });

  await record({ billing: { ended: anEnd() }, payments: [aPayment({ paymentId: 'in_2', paidAt: MAR_31 })] });

  expect(await states()).toMatchObject([{ id: 'in_2', state: 'succeeded', at: MAR_31 }]);
});

test('refunds that have not failed and disputes that bar a refund decide the state of what is paid', async () => {
  const refund = { refundId: 're', amountMinor: 900, status: 'succeeded', createdAt: T0, commandId: null } as const;
  const of = (paymentId: string, given: Partial<Payment>) => aPayment({ paymentId, amountMinor: 2900, ...given });
  await record({
    payments: [
      of('in_1', { refunds: [{ ...refund, refundId: 're_1', status: 'failed' }] }),
      of('in_2', { refunds: [{ ...refund, refundId: 're_2', status: 'pending' }] }),
      of('in_3', { refunds: [{ ...refund, refundId: 're_3', amountMinor: 2900 }] }),
      of('in_4', { disputedAt: T0 }),
      of('in_5', { disputes: [{ disputeId: 'dp', amountMinor: 2900, status: 'inquiry', since: T0 }] }),
    ],
  });

  const found = (await states()).toReversed().map(({ state }) => state);
  expect(found).toEqual(['succeeded', 'partially_refunded', 'refunded', 'disputed', 'succeeded']);
});
