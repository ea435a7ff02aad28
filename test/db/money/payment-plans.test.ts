import { beforeAll, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../../db/account-scope.ts';
import { listPayments, type PaymentFilter } from '../../../db/money/payments.ts';
import { poolOf } from '../../../db/orm.ts';
import type { Place } from '../../../db/page.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';
import { queriesOf } from '../../ground/plans.ts';

let accountId: string;
const few = { purchaseId: '', contactId: uuid() };

/**
 * A big account and one beside it; one purchase, person, currency and amount are rare among its
 * payments.
 */
useOrm(1);
beforeAll(async () => {
  const em = orm.em.fork();
  for (const count of [3_000, 30_000]) {
    ({ accountId } = await anAccount(em));
    const { offerId } = await anOffer(em, accountId, {});
    const contactId = await aContact(em, accountId);
    const { purchaseId } = await anIncompletePurchase(em, { contactId, offerId });
    few.purchaseId = (await anIncompletePurchase(em, { contactId, offerId })).purchaseId;
    await em.execute(
      `insert into payments (id, account_id, purchase_id, contact_id, amount_minor, currency, refunded_minor, paid_at, failed_at)
       select 'in_' || n, ?::uuid, case when n % 500 = 0 then ?::uuid else ?::uuid end, case when n % 500 = 0 then ?::uuid else ?::uuid end,
         case when n % 500 = 0 then 700 else 2900 end, case when n % 500 = 0 then 'eur' else 'usd' end, 0,
         case when n % 500 > 0 then ?::timestamptz + n * interval '1 minute' end, ?::timestamptz + n * interval '1 minute'
       from generate_series(1, ?) n`,
      [accountId, few.purchaseId, purchaseId, few.contactId, contactId, T0, T0, count],
    );
  }
  await em.execute('vacuum analyze payments');
});

/** How Postgres finds the ids of a page. */
async function planOf(filter: PaymentFilter, after: Place | null): Promise<string> {
  const em = scopeTo(orm.em.fork(), accountId);
  const queries = await queriesOf(orm, async () => void (await listPayments(em, filter, { limit: 50, after })));
  const found = queries.find(({ text }) => text.includes('order by'));
  if (!found) throw new Error('no page was asked for');
  const explained = `explain ${found.text}`;
  const { rows } = await poolOf(orm).query<{ 'QUERY PLAN': string }>(explained, found.values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const cases: [string, () => PaymentFilter][] = [
  ['payments_list', () => ({})],
  ['payments_list', () => ({ state: 'succeeded' })],
  ['payments_list', () => ({ from: '2027-02-01T00:00:00.000Z', to: '2027-02-02T00:00:00.000Z' })],
  ['payments_by_contact', () => ({ contactId: few.contactId })],
  ['payments_by_purchase', () => ({ purchaseId: few.purchaseId })],
  ['payments_by_state', () => ({ state: 'failed' })],
  ['payments_by_currency', () => ({ currency: 'eur' })],
  ['payments_in_dispute', () => ({ inDispute: true })],
  ['payments_by_amount', () => ({ amountMinor: 700 })],
];

test.each(cases)('%s serves its filter in order, from the start and from a cursor', async (index, filterOf) => {
  const place = { by: 'at', key: '2027-02-15T00:00:00.000Z', id: 'in_15000' };

  for (const after of [null, place]) {
    const plan = await planOf(filterOf(), after);

    expect(plan).toContain(`using ${index} `);
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  }
});

test('amounts from and to are answered without reading the table from end to end', async () => {
  expect(await planOf({ amountMinorTo: 700 }, null)).not.toContain('Seq Scan');
});
