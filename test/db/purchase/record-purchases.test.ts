import { beforeEach, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { acceptCommand } from '../../../db/inbox/accept-command.ts';
import type { PurchaseRecord } from '../../../db/purchase/purchase-record.ts';
import { recordPurchase, recordPurchases } from '../../../db/purchase/record-purchase.ts';
import { query, sql } from '../../../db/sql.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { aPurchase } from '../../builders/purchase.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

let accountId: string;
let offerId: string;

useOrm(1);
beforeEach(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  ({ offerId } = await anOffer(em, accountId, { refundWindowDays: 30 }));
});

test('hundreds are recorded at once in a transaction, and one that is superseded stops no other', async () => {
  const records = await Promise.all(Array.from({ length: 300 }, () => aRecord()));
  const late = records[150]!;
  late.epoch = 7;

  const recorded = await orm.em.fork().transactional((tx) => recordPurchases(tx, records));

  expect(recorded.map(({ kind }) => kind)).toEqual(
    records.map((record) => (record === late ? 'superseded' : 'recorded')),
  );
  expect(await everything(late)).toEqual(NOTHING);
  for (const record of [records[0]!, records[149]!, records[151]!, records[299]!])
    expect(await everything(record)).toEqual(ALL);
  const emails = recorded.flatMap((one) => (one.kind === 'recorded' ? one.emails : []));
  expect(new Set(emails.map(({ emailId }) => emailId)).size).toBe(299 * 2);
});

test('they need as many statements as one', async () => {
  const [one, ...many] = await Promise.all(Array.from({ length: 40 }, () => aRecord()));
  const before = await statements();
  await recordPurchase(orm.em.fork(), one!);
  const forOne = (await statements()) - before;
  await recordPurchases(orm.em.fork(), many);

  // Whom to tell, and the record.
  expect(forOne).toBe(2);
  expect((await statements()) - before - forOne).toBe(2);
});

test('the same records once more are superseded, and nothing is written twice', async () => {
  const records = [await aRecord(), await aRecord()];
  await recordPurchases(orm.em.fork(), records);

  expect(await recordPurchases(orm.em.fork(), records)).toEqual([{ kind: 'superseded' }, { kind: 'superseded' }]);
  for (const record of records) expect(await everything(record)).toEqual(ALL);
});

test('what Postgres refuses of one stops no other, also within a transaction', async () => {
  const contactId = await aContact(orm.em.fork(), accountId);
  const [first, again] = [await aRecord({ by: contactId }), await aRecord({ by: contactId })];
  const bad = await aRecord();
  bad.entries[0]!.data = { note: 'a zero byte: \0' };
  const good = await aRecord();

  const recorded = await orm.em.fork().transactional((tx) => recordPurchases(tx, [first, again, bad, good]));

  expect(recorded).toEqual([
    { kind: 'recorded', emails: expect.anything() },
    { kind: 'duplicate' },
    { kind: 'refused_by_data', reason: '22P05' },
    { kind: 'recorded', emails: expect.anything() },
  ]);
  const ofSomeCustomer = { ...NOTHING, customer: true };
  expect(await Promise.all([first, again, bad, good].map(everything))).toEqual([ALL, ofSomeCustomer, NOTHING, ALL]);
});

test('a record that changes nothing but the state is written as well', async () => {
  const { offerId: empty } = await anOffer(orm.em.fork(), accountId, { productIds: [] });
  const record = await aRecord({ of: empty });
  const nothing = { entries: [], emails: [], ends: [], followUps: [], payments: [], hasNewAttentions: false };

  const recorded = await recordPurchase(orm.em.fork(), { ...record, ...nothing });

  expect(recorded).toEqual({ kind: 'recorded', emails: [] });
  expect(await everything(record)).toEqual({ ...NOTHING, revision: 1, started: true });
});

/** The first record of a purchase: of everything that a record may write, something. */
async function aRecord({ by, of = offerId }: { by?: string; of?: string } = {}): Promise<PurchaseRecord> {
  const em = orm.em.fork();
  const contactId = by ?? (await aContact(em, accountId));
  const { purchaseId, terms } = await anIncompletePurchase(em, { contactId, offerId: of });
  const refund = {
    refundId: `re_${purchaseId}`,
    amountMinor: 100,
    status: 'succeeded',
    createdAt: T0,
    commandId: null,
  } as const;
  const payment = {
    paymentId: `in_${purchaseId}`,
    amountMinor: 2900,
    currency: 'usd',
    paidAt: T0,
    periodStart: T0,
    periodEnd: null,
    refunds: [refund],
    disputedAt: null,
  };
  const attention = { id: 'refund', reason: 'refund_failed', since: T0, command: null } as const;
  const state = aPurchase({
    accountId,
    purchaseId,
    contactId,
    terms,
    billing: { subscriptionId: `sub_${purchaseId}` },
    payments: [payment],
    attentions: [attention],
  });
  return {
    epoch: 0,
    revision: 1,
    state,
    now: T0,
    entries: [{ type: 'purchase.bought', at: T0, actor: SYSTEM, commandId: null, data: {} }],
    emails: [
      { kind: 'payment-receipt', to: 'customer', data: {}, entry: 0 },
      { kind: 'admin-duplicate-purchase', to: 'admins', data: {}, entry: 0 },
    ],
    ends: [{ rowId: await aCommand(purchaseId), state: 'applied', refusal: null, effects: null }],
    followUps: [{ name: 'void-open-invoices', input: {} }],
    payments: state.payments,
    stuckReason: null,
  };
}

async function aCommand(purchaseId: string): Promise<string> {
  const commandId = uuid();
  const nothing = { planHash: null, expectedVersion: null, reason: null, feedback: null };
  await acceptCommand(orm.em.fork(), {
    ...nothing,
    commandId,
    accountId,
    purchaseId,
    name: 'pause',
    input: {},
    actor: SYSTEM,
    askedAt: T0,
  });
  return commandId;
}

const ALL = {
  revision: 1,
  started: true,
  customer: true,
  timeline: 1,
  emails: 2,
  payments: 1,
  refunds: 1,
  products: 1,
  attentions: 1,
  ended: 'applied',
  followUps: 1,
};
const NOTHING = {
  revision: 0,
  started: false,
  customer: false,
  timeline: 0,
  emails: 0,
  payments: 0,
  refunds: 0,
  products: 0,
  attentions: 0,
  ended: 'open',
  followUps: 0,
};

/** What there is of a record. */
async function everything({ state: { purchaseId }, ends }: PurchaseRecord): Promise<object | undefined> {
  const [row] = await query<object>(
    orm.em.fork(),
    sql`select p.revision, p.started_at is not null as started, c.customer_since is not null as customer,
      (select count(*)::int from timeline t where t.purchase_id = p.id) as timeline,
      (select count(*)::int from emails e where e.purchase_id = p.id) as emails,
      (select count(*)::int from payments m where m.purchase_id = p.id) as payments,
      (select count(*)::int from refunds f where f.purchase_id = p.id) as refunds,
      (select count(*)::int from purchase_products x where x.purchase_id = p.id) as products,
      (select count(*)::int from attentions n where n.purchase_id = p.id) as attentions,
      (select state from inbox i where i.id = ${ends[0]?.rowId}) as ended,
      (select count(*)::int from inbox i where i.subject_id = p.id and i.kind = 'void-open-invoices') as "followUps"
     from purchases p join contacts c on c.id = p.contact_id where p.id = ${purchaseId}`,
  );
  return row;
}

/** How often the one connection has carried out a statement of our own. */
async function statements(): Promise<number> {
  const [row] = await query<{ sum: string }>(
    orm.em.fork(),
    sql`select sum(generic_plans + custom_plans) as sum from pg_prepared_statements`,
  );
  return Number(row?.sum);
}
