import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Account } from '../../../db/entities/account.ts';
import { Payment } from '../../../db/entities/payment.ts';
import { Refund } from '../../../db/entities/refund.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, aPaymentRow, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm(8);

type Whose = { accountId: string; contactId: string; purchaseId: string };
let whose: Whose;

async function aBuyer(): Promise<Whose> {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const { offerId } = await anOffer(em, accountId, {});
  const contactId = await aContact(em, accountId);
  const { purchaseId } = await anIncompletePurchase(em, { contactId, offerId });
  return { accountId, contactId, purchaseId };
}

beforeEach(async () => {
  whose = await aBuyer();
});

const numbers = (kind = 'receipt', { accountId } = whose) =>
  orm.em
    .fork()
    .execute<{ number: string; id: string }[]>(
      `select number, coalesce(refund_id, payment_id) as id from receipts where account_id = ? and kind = ? order by number`,
      [accountId, kind],
    )
    .then((rows) => rows.map(({ number, id }) => `${number} ${id}`));

const pay = (id: string, given: Partial<Payment> = {}) => aPaymentRow(orm.em.fork(), { ...whose, id, ...given });
const unpaid = { paidAt: null, failedAt: T0, attempts: 1 };

const aRefund = (id: string, given: Partial<Refund> = {}) =>
  orm.em.fork().insert(Refund, {
    accountId: whose.accountId,
    purchaseId: whose.purchaseId,
    id,
    paymentId: 'in_1',
    amountMinor: -100,
    currency: 'usd',
    status: 'succeeded',
    commandId: null,
    createdAt: T0,
    ...given,
  });

describe('the number of a receipt', () => {
  test('is given with the payment, once, however often its row is written', async () => {
    await pay('in_1');
    await pay('in_2');
    const again = { refundedMinor: 100 };
    await orm.em.fork().nativeUpdate(Payment, { accountId: whose.accountId }, again);

    expect(await numbers()).toEqual(['1 in_1', '2 in_2']);
  });

  test('is given when an open invoice is paid, and never to what took no money', async () => {
    await pay('in_open', unpaid);
    await pay('in_zero', { amountMinor: 0 });
    await pay('in_1');
    expect(await numbers()).toEqual(['1 in_1']);

    await orm.em.fork().nativeUpdate(Payment, { accountId: whose.accountId, id: 'in_open' }, { paidAt: T0 });

    expect(await numbers()).toEqual(['1 in_1', '2 in_open']);
  });

  test('leaves no gap where a transaction fails', async () => {
    await pay('in_1');
    const failing = orm.em.fork().transactional(async (tx) => {
      await aPaymentRow(tx, { ...whose, id: 'in_lost' });
      throw new Error('it was not to be');
    });
    await expect(failing).rejects.toThrow('it was not to be');
    await pay('in_2');

    expect(await numbers()).toEqual(['1 in_1', '2 in_2']);
  });

  test('has neither gap nor double where many are paid at once, some of which fail', async () => {
    const other = await aBuyer();
    const tries = Array.from({ length: 60 }, (_, index) =>
      orm.em.fork().transactional(async (tx) => {
        const [first, second] = index % 2 ? [whose, other] : [other, whose];
        await tx.insertMany(Payment, [await rowOf(first), await rowOf(second)]);
        if (index % 5 === 0) throw new Error('lost');
      }),
    );
    const done = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length;

    expect(done).toBe(48);
    for (const { accountId } of [whose, other]) {
      const given = (await numbers('receipt', { ...whose, accountId })).map((line) => Number(line.split(' ')[0]));
      expect(given).toEqual(Array.from({ length: done }, (_, index) => index + 1));
    }
  });

  test('is its account’s own, and says who sold as of then', async () => {
    await pay('in_1');
    const seller = { name: 'Willow OG', address: 'Lane 1', taxId: 'ATU1' };
    await orm.em.fork().nativeUpdate(Account, whose.accountId, { seller });
    await pay('in_2');
    await orm.em.fork().nativeUpdate(Account, whose.accountId, { seller: { ...seller, address: 'Road 2' } });

    const rows = await orm.em
      .fork()
      .execute('select seller from receipts where account_id = ? order by number', [whose.accountId]);
    expect(rows).toEqual([{ seller: null }, { seller: { name: 'Willow OG', address: 'Lane 1', taxId: 'ATU1' } }]);
    whose = await aBuyer();
    await pay('in_1');
    expect(await numbers()).toEqual(['1 in_1']);
  });
});

test('a credit note has its number once the refund has succeeded, and keeps it if that fails later', async () => {
  await pay('in_1');
  await aRefund('re_pending', { status: 'pending' });
  await aRefund('re_failed', { status: 'failed' });
  await aRefund('re_1');
  expect(await numbers('credit_note')).toEqual(['1 re_1']);

  const where = { accountId: whose.accountId, id: 're_pending' };
  await orm.em.fork().nativeUpdate(Refund, where, { status: 'succeeded' });
  await orm.em.fork().nativeUpdate(Refund, where, { status: 'failed' });
  await aRefund('re_2');

  expect(await numbers('credit_note')).toEqual(['1 re_1', '2 re_pending', '3 re_2']);
  expect(await numbers()).toEqual(['1 in_1']);
});

async function rowOf({ accountId, contactId, purchaseId }: Whose) {
  const none = { periodStart: null, periodEnd: null, disputedAt: null, cardBrand: null, cardLast4: null };
  const untried = { failedAt: null, attempts: null, nextTryAt: null, declineCode: null, canceledAt: null };
  const money = { amountMinor: 2900, currency: 'usd', refundedMinor: 0, paidAt: T0 };
  return { accountId, contactId, purchaseId, id: `in_${uuid()}`, ...none, ...untried, ...money };
}
