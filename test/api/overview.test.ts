import { DifferenceRow } from '../../db/entities/difference-row.ts';
import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { Overview } from '../../api/platform/overview-schema.ts';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import type { EmailState } from '../../db/entities/email.ts';
import type { InboxState } from '../../db/entities/inbox-row.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { Refund } from '../../db/entities/refund.ts';
import { aContact, anEmail, aPaymentRow } from '../builders/rows.ts';
import { aPurchase, aWorld, T0, type World } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const overview = async (): Promise<Overview> => (await owner.get('/v1/overview')).body as unknown as Overview;
const em = () => api.orm.em.fork();

/** A purchase with columns as a record would have left them. */
async function withColumns(columns: Partial<Purchase>, of: World = world): Promise<string> {
  const contactId = await aContact(em(), of.accountId);
  const id = await aPurchase(api.orm, { ...of, contactId });
  if (Object.keys(columns).length > 0) await em().nativeUpdate(Purchase, { id }, columns);
  return id;
}

type Made = { status: 'pending' | 'succeeded' | 'failed'; paymentId?: string; createdAt?: string };

async function refund(purchaseId: string, { status, paymentId = `in_${uuid()}`, createdAt = T0 }: Made): Promise<void> {
  const whose = { accountId: world.accountId, purchaseId, paymentId, commandId: null };
  await em().insert(Refund, { ...whose, id: `re_${uuid()}`, amountMinor: -500, currency: 'usd', status, createdAt });
}

async function payment(purchaseId: string, currency: string, paidAt: string): Promise<void> {
  const { accountId, contactId } = world;
  await aPaymentRow(em(), { accountId, contactId, purchaseId, currency, paidAt });
}

async function email(state: EmailState, sentAt: string | null = null): Promise<void> {
  await anEmail(em(), { accountId: world.accountId, recipientId: world.contactId, state, sentAt });
}

async function event(state: InboxState, accountId: string | null = world.accountId): Promise<void> {
  const sql = `insert into inbox (id, account_id, class, kind, at, state) values (?, ?, 'fact', 'invoice.paid', ?, ?)`;
  await em().execute(sql, [uuid(), accountId, T0, state]);
}

describe('what needs attention', () => {
  test('is nothing where nothing is wrong, and nothing of another account is counted', async () => {
    const other = await aWorld(api.orm);
    await withColumns({ needsAttention: true, billingWithoutAccess: true }, other);
    await withColumns({});

    const { over, ...counts } = (await overview()).attention;
    expect(new Set(Object.values(counts))).toEqual(new Set([0]));
    expect(over).toEqual([]);
  });

  test('is counted exactly, each as the list with the same filter shows it', async () => {
    await withColumns({ billingStatus: 'past_due' });
    await withColumns({ billingWithoutAccess: true });
    await withColumns({ needsAttention: true, hasPending: true, stuckReason: 'stripe_refused' });
    await withColumns({ hasPending: true, stuckReason: 'stripe_unreachable' });
    await withColumns({ hasPending: true });
    for (const state of ['failed', 'bounced', 'bounced', 'unknown', 'sent'] as const) await email(state);
    for (const state of ['failed', 'refused', 'applied'] as const) await event(state);
    const purchaseId = await aPurchase(api.orm, world);
    const { accountId, contactId } = world;
    const disputed = { accountId, contactId, purchaseId, disputedAt: T0 };
    for (const status of ['inquiry', 'open', 'won', 'lost'] as const)
      await aPaymentRow(em(), {
        ...disputed,
        disputes: [{ disputeId: `dp_${status}`, amountMinor: 2900, status, since: T0 }],
      });
    const asked = `insert into inbox (id, account_id, class, kind, at) values (?, ?, 'command', 'pause', ?)`;
    await em().execute(asked, [uuid(), world.accountId, T0]);
    const seen = {
      accountId,
      purchaseId,
      createdAt: T0,
      lookedAt: T0,
      severity: 'high',
      here: null,
      there: null,
    } as const;
    for (const state of ['open', 'suspected', 'dismissed'] as const)
      await em().insert(DifferenceRow, { ...seen, id: uuid(), kind: 'status', objectId: `sub_${state}`, state });

    expect((await overview()).attention).toEqual({
      pastDue: 1,
      billingWithoutAccess: 1,
      needsAttention: 1,
      cancellationRequests: 0,
      waitsForStripe: 1,
      refundsPending: 0,
      refundsFailed: 0,
      inDispute: 2,
      emailsFailed: 1,
      emailsBounced: 2,
      emailsUnknown: 1,
      webhooksFailed: 2,
      webhooksUnmatched: 0,
      webhooksDead: 0,
      differences: 1,
      commandsPending: 1,
      over: [],
    });
    expect((await owner.get('/v1/payments/count?inDispute=true')).body).toEqual({ count: 2, isOver: false });
    expect((await owner.get('/v1/purchases/count?waitsForStripe=true')).body).toEqual({ count: 1, isOver: false });
    expect((await owner.get('/v1/purchases/count?waitsForStripe=true&needsAttention=true')).body).toEqual({
      count: 0,
      isOver: false,
    });
  });

  test('what belongs to nobody is told to operators alone', async () => {
    for (const state of ['unmatched', 'dead', 'dead'] as const) await event(state, null);

    const headers = { 'perennial-account': world.accountId };
    const operator = await api.client(world.keys.operator, headers).get('/v1/overview');

    expect((await overview()).attention).toMatchObject({ webhooksUnmatched: 0, webhooksDead: 0 });
    expect((operator.body as unknown as Overview).attention).toMatchObject({ webhooksUnmatched: 1, webhooksDead: 2 });
  });

  test('a failed refund stays until its payment is refunded again; several of one purchase are one line', async () => {
    const [twice, mended] = [await withColumns({}), await withColumns({})];
    await refund(twice, { status: 'failed' });
    await refund(twice, { status: 'failed' });
    await refund(twice, { status: 'pending' });
    await refund(mended, { status: 'failed', paymentId: 'in_mended' });
    await refund(mended, { status: 'succeeded', paymentId: 'in_mended', createdAt: '2027-02-01T09:00:00.000Z' });

    const { attention } = await overview();
    const failed = await owner.get('/v1/purchases?refunds=failed');
    const pending = await owner.get('/v1/purchases?refunds=pending');

    expect(attention).toMatchObject({ refundsPending: 1, refundsFailed: 1 });
    expect([failed, pending].map(({ body }) => body.data.map(({ id }) => id))).toEqual([[twice], [twice]]);
  });
});

describe('what comes next', () => {
  test('is every due instant of the purchases, in order, with whom and what', async () => {
    const purchaseId = await withColumns({ nextDueAt: '2027-02-28T09:00:00.000Z', nextDueKind: 'renewal' });

    const { upcoming, upcomingDays } = await overview();

    expect(upcoming).toMatchObject([
      {
        kind: 'renewal',
        at: '2027-02-28T09:00:00.000Z',
        owner: 'stripe',
        purchaseId,
        offer: { name: 'Monthly' },
        charge: { amountMinor: 2900, currency: 'usd' },
      },
      { kind: 'refund-window-closes', at: '2027-03-02T09:00:00.000Z', owner: 'perennial', purchaseId, charge: null },
    ]);
    expect(upcomingDays).toEqual([
      { day: '2027-02-28', charges: [{ currency: 'usd', count: 1, amountMinor: 2900 }] },
      { day: '2027-03-02', charges: [] },
    ]);
  });

  test('is of the days of the zone, whatever day it is elsewhere', async () => {
    await em().nativeUpdate(Account, { id: world.accountId }, { timeZone: 'Pacific/Auckland' });
    await withColumns({ nextDueAt: '2027-02-28T09:00:00.000Z' });
    await withColumns({ nextDueAt: '2027-02-28T09:00:00.000Z' });

    const { upcoming, upcomingDays } = await overview();

    expect(upcoming.map(({ day }) => day)).toEqual(['2027-02-28', '2027-02-28', '2027-03-02', '2027-03-02']);
    expect(upcomingDays[0]?.charges).toEqual([{ currency: 'usd', count: 2, amountMinor: 5800 }]);
  });

  test('is cut after the first fifteen, and a day that is cut has no sum', async () => {
    for (let n = 0; n < 9; n += 1) await withColumns({ nextDueAt: '2027-02-28T09:00:00.000Z' });

    const { upcoming, upcomingDays } = await overview();

    expect(upcomingDays).toEqual([
      { day: '2027-02-28', charges: [{ currency: 'usd', count: 9, amountMinor: 26_100 }] },
      { day: '2027-03-02', charges: null },
    ]);
    expect(upcoming.map(({ kind }) => kind)).toEqual([
      ...Array<string>(9).fill('renewal'),
      ...Array<string>(6).fill('refund-window-closes'),
    ]);
  });
});

describe("today's figures", () => {
  test("are those of the day in the account's zone, by its own clock", async () => {
    await em().nativeUpdate(Account, { id: world.accountId }, { timeZone: 'America/Los_Angeles' });
    const [before, first, last] = ['2027-01-31T07:59:59.999Z', '2027-01-31T08:00:00.000Z', '2027-02-01T07:59:59.999Z'];
    const id = await withColumns({ startedAt: first });
    await withColumns({ startedAt: before });
    await withColumns({ startedAt: last, origin: 'granted' });
    for (const paidAt of [before, first, last]) await payment(id, 'usd', paidAt);
    await payment(id, 'jpy', last);
    await refund(id, { status: 'pending', createdAt: first });
    await refund(id, { status: 'failed', createdAt: first });
    for (const sentAt of [before, first, last]) await email('sent', sentAt);
    await em().nativeUpdate(Contact, { id: world.contactId }, { customerSince: last });

    expect((await overview()).today).toEqual({
      from: first,
      to: '2027-02-01T08:00:00.000Z',
      bought: 1,
      granted: 1,
      newCustomers: 1,
      emailsSent: 2,
      cancellationsAsked: 0,
      cancellationsDone: 0,
      payments: [
        { currency: 'jpy', count: 1, amountMinor: 2_900 },
        { currency: 'usd', count: 2, amountMinor: 5_800 },
      ],
      refunds: [{ currency: 'usd', count: 1, amountMinor: -500 }],
    });
  });

  test('are not for assistants', async () => {
    const statuses = await Promise.all([
      api.client(world.keys.assistant).get('/v1/overview'),
      api.client(world.keys.assistant).get(`/v1/contacts/${world.contactId}/totals`),
      api.client(world.keys.support).get('/v1/overview'),
    ]);

    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 200]);
  });
});

describe('a contact', () => {
  test('has access explained for every product of its purchases', async () => {
    const since = T0;
    const by = { kind: 'api_key', id: uuid() } as const;
    const id = await aPurchase(api.orm, world, (state) => ({
      ...state,
      revoked: [{ productId: world.productId, since, by }],
    }));

    const { body } = await owner.get(`/v1/contacts/${world.contactId}/products`);

    expect(body.data).toEqual([
      {
        contactId: world.contactId,
        productId: world.productId,
        productName: 'Course',
        hasAccess: false,
        through: null,
        from: null,
        until: null,
        purchases: [
          {
            purchaseId: id,
            offerName: 'Monthly',
            open: false,
            until: null,
            blocks: [{ source: 'revoked', since, by: { ...by, email: null } }],
          },
        ],
      },
    ]);
  });

  test('has totals by currency, and why it gets no marketing email', async () => {
    const id = await aPurchase(api.orm, world);
    await payment(id, 'usd', T0);
    await payment(id, 'usd', T0);
    const unsubscribed = { marketingStatus: 'unsubscribed', unsubscribedReason: 'hard_bounce' } as const;
    await em().nativeUpdate(Contact, { id: world.contactId }, unsubscribed);

    const totals = await owner.get(`/v1/contacts/${world.contactId}/totals`);
    const contact = await owner.get(`/v1/contacts/${world.contactId}`);

    expect(totals.body.data).toEqual([{ currency: 'usd', payments: 2, paidMinor: 5_800, refundedMinor: 0 }]);
    expect(contact.body).toMatchObject(unsubscribed);
  });
});
