import { beforeEach, describe, expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import type { Payment } from '../../db/entities/payment.ts';
import { Receipt } from '../../db/entities/receipt.ts';
import { Refund } from '../../db/entities/refund.ts';
import { receiptToken, type ReceiptLink } from '../../db/money/receipt-link.ts';
import { eraseContact } from '../../db/people/erase-contact.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { aBill } from '../builders/bill.ts';
import { aContact, aPaymentRow } from '../builders/rows.ts';
import type { Answer, Client } from './a-client.ts';
import { SECRET_KEY } from './an-api.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

let purchaseId: string;
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
  api.stripe.bills.set('in_1', aBill());
  api.stripe.calls.length = 0;
});

const em = () => api.orm.em.fork();

const aPayment = (given: Partial<Payment> = {}): Promise<string> =>
  aPaymentRow(em(), { accountId: world.accountId, contactId: world.contactId, purchaseId, id: 'in_1', ...given });

async function aRefund(given: Partial<Refund> = {}): Promise<void> {
  const made = { amountMinor: -1000, currency: 'usd', status: 'succeeded', commandId: null, createdAt: T0 } as const;
  const of = { accountId: world.accountId, purchaseId, paymentId: 'in_1', id: 're_1' };
  await em().insert(Refund, { ...of, ...made, ...given });
}

const receipt = (by: Client = owner) => by.get('/v1/payments/in_1/receipt.pdf');
const creditNote = (by: Client = owner) => by.get('/v1/refunds/re_1/credit-note.pdf');
const bytes = ({ body }: Answer): string => Buffer.from(body as unknown as Uint8Array).toString('latin1');
const asked = (): number => api.stripe.calls.filter(({ what }) => what === 'bill').length;

async function asContact(contactId: string): Promise<Client> {
  const of = { accountId: world.accountId, contactId, kind: 'login', now: T0 } as const;
  const { token } = await createLoginToken(em(), of);
  const { body } = await guest.post('/v1/login-links/exchange', { token });
  return api.client(body.token);
}

describe('a receipt', () => {
  test('is a PDF under the number of the payment, which the payment says', async () => {
    await aPayment({ id: 'in_0' });
    await aPayment();
    await aRefund();

    const answer = await receipt();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="receipt-R-000002.pdf"');
    expect(bytes(answer)).toMatch(/^%PDF-1[^]+%%EOF\n?$/);
    expect((await owner.get('/v1/payments/in_1')).body).toMatchObject({
      receiptNumber: 'R-000002',
      refunds: [{ id: 're_1', creditNoteNumber: 'C-000001' }],
    });
  });

  test('has the same bytes for ever: whatever seller, person and Stripe become meanwhile', async () => {
    await aPayment();
    const first = bytes(await receipt());

    api.stripe.bills.set('in_1', aBill({ totalMinor: 1 }));
    await em().nativeUpdate(Account, world.accountId, { name: 'Other', seller: { address: 'Road 2' } });
    await owner.patch(`/v1/contacts/${world.contactId}`, { name: 'Augusta' });

    expect(bytes(await receipt())).toBe(first);
    expect(asked()).toBe(1);
  });

  test('is one, where several ask for it at once for the first time', async () => {
    await aPayment();

    const all = await Promise.all(Array.from({ length: 6 }, () => receipt()));

    expect(new Set(all.map(bytes)).size).toBe(1);
  });

  test('says who sold when it was paid, though it is read for the first time later', async () => {
    await em().nativeUpdate(Account, world.accountId, { seller: { name: 'Studio OG', address: 'Lane 1' } });
    await aPayment();
    await em().nativeUpdate(Account, world.accountId, { seller: { name: 'Studio AG', address: 'Road 2' } });
    await receipt();

    expect(await em().findOneOrFail(Receipt, { paymentId: 'in_1', accountId: world.accountId })).toMatchObject({
      seller: { name: 'Studio OG', address: 'Lane 1', taxId: null },
      facts: aBill(),
    });
  });

  test('waits for Stripe, and is written of what we know where Stripe has no such invoice', async () => {
    await aPayment();
    api.stripe.isAway = true;
    expect(await receipt()).toMatchObject({ status: 503, body: { code: 'unavailable' } });

    api.stripe.isAway = false;
    api.stripe.bills.clear();

    expect((await receipt()).status).toBe(200);
    expect((await em().findOneOrFail(Receipt, { paymentId: 'in_1', accountId: world.accountId })).facts).toMatchObject({
      stripeNumber: null,
      buyer: { email: 'ada@example.com' },
      lines: [{ what: 'Monthly', amountMinor: 2900 }],
      paidMinor: 2900,
    });
  });

  test('is none of what took no money, and of another account’s nothing is there', async () => {
    await aPayment({ paidAt: null, failedAt: T0, attempts: 1 });
    const refused = await receipt();
    await aPayment({ id: 'in_2' });
    const other = api.client((await aWorld(api.orm)).keys.owner);

    expect(refused).toMatchObject({ status: 409, body: { code: 'no_receipt' } });
    expect(refused.body.detail).toContain('Nothing has been paid of it');
    expect((await other.get('/v1/payments/in_2/receipt.pdf')).status).toBe(404);
    expect((await owner.get('/v1/payments/in_none/receipt.pdf')).status).toBe(404);
    expect((await api.client(world.keys.assistant).get('/v1/payments/in_2/receipt.pdf')).status).toBe(403);
  });
});

describe('a credit note', () => {
  test('has a number of its own and names the receipt', async () => {
    await aPayment();
    await aRefund();

    const answer = await creditNote();

    expect(answer.headers.get('content-disposition')).toBe('inline; filename="credit-note-C-000001.pdf"');
    expect(bytes(answer)).not.toBe(bytes(await receipt()));
    expect(bytes(await creditNote())).toBe(bytes(answer));
    expect(asked()).toBe(1);
  });

  test.each([
    ['pending', 'on its way'],
    ['failed', 'nothing was given back'],
  ] as const)('is none of a refund that is %s', async (status, why) => {
    await aPayment();
    await aRefund({ status });

    const refused = await creditNote();

    expect(refused).toMatchObject({ status: 409, body: { code: 'no_receipt' } });
    expect(refused.body.detail).toContain(why);
  });

  test('holds no more when the refund fails after it had succeeded', async () => {
    await aPayment();
    await aRefund();
    expect((await creditNote()).status).toBe(200);
    await em().nativeUpdate(Refund, { id: 're_1', accountId: world.accountId }, { status: 'failed' });

    expect((await creditNote()).body.detail).toContain('the credit note C-000001 holds no more');
    expect((await owner.get('/v1/refunds/re_none/credit-note.pdf')).status).toBe(404);
  });
});

test('customers read their own, and nobody else’s', async () => {
  await aPayment();
  await aRefund();
  const ada = await asContact(world.contactId);
  const eve = await asContact(await aContact(em(), world.accountId));

  const paths = ['/v1/me/payments/in_1/receipt.pdf', '/v1/me/refunds/re_1/credit-note.pdf'];
  const statuses = (by: Client) => Promise.all(paths.map(async (path) => (await by.get(path)).status));

  expect([await statuses(ada), await statuses(eve), await statuses(guest)]).toEqual([
    [200, 200],
    [404, 404],
    [401, 401],
  ]);
  expect(bytes(await ada.get(paths[0]!))).toBe(bytes(await receipt()));
});

test('whoever has the link of an email reads it, and no other by it', async () => {
  await aPayment();
  const link: ReceiptLink = { kind: 'receipt', id: 'in_1', accountId: world.accountId };
  const by = (token: string) => guest.get(`/v1/public/receipts/${token}`);
  const token = receiptToken(link, SECRET_KEY[0]);

  expect(bytes(await by(token))).toBe(bytes(await receipt()));
  const other = token.replace('in_1', 'in_2');
  const forged = receiptToken(link, 'another key of thirty-two characters');
  expect([(await by(other)).status, (await by(forged)).status, (await by('receipt.x')).status]).toEqual([
    404, 404, 404,
  ]);
});

test('a person who is erased is on no receipt, whether it was read before or not [R24.4]', async () => {
  await aPayment();
  await aPayment({ id: 'in_2' });
  api.stripe.bills.set('in_2', aBill());
  await aRefund();
  const before = bytes(await receipt());
  await creditNote();

  await eraseContact(em(), { contactId: world.contactId, accountId: world.accountId });

  expect(await em().find(Receipt, { pdf: { $ne: null }, accountId: world.accountId })).toEqual([]);
  expect(bytes(await receipt())).not.toBe(before);
  expect((await owner.get('/v1/payments/in_2/receipt.pdf')).status).toBe(200);
  expect((await creditNote()).status).toBe(200);
  const facts = (await em().find(Receipt, { kind: 'receipt', accountId: world.accountId })).map((one) => one.facts);
  expect(facts).toMatchObject([
    { buyer: null, card: null, lines: [{}], paidMinor: 2900 },
    { buyer: null, card: null, lines: [{}], paidMinor: 2900 },
  ]);
});
