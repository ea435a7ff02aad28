import { expect, test } from '@jest/globals';
import { migrate } from '../../../db/migrate.ts';
import { aDumpOf } from '../../ground/dumps.ts';
import { databaseUrl, orm, useOrm } from '../../ground/orm.ts';

useOrm(undefined, () => aDumpOf('0.1.0'));

const sql = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  orm.em.fork().execute<Row[]>(text, values);

type Try = { at: string; invoiceId: string; attempts: number; declineCode: string };

/** A failed try in the timeline of a purchase, later than all that there is. */
const failed = (purchaseId: string, { at, ...data }: Try) =>
  sql(
    `insert into timeline (id, account_id, purchase_id, revision, position, type, at, actor, data)
     select uuidv7(), account_id, purchase_id, max(revision) + 1, 0, 'payment.failed', ?, '{"kind": "stripe", "id": null}', ?
     from timeline where purchase_id = ? group by account_id, purchase_id`,
    [at, JSON.stringify({ ...data, amountMinor: 2900, currency: 'usd' }), purchaseId],
  );

test('what timelines say of failed payments is taken over: paid at last, still open, or given up', async () => {
  const [paid] = await sql<{ id: string; purchase_id: string }>(
    'select id, purchase_id from payments order by paid_at, id limit 1',
  );
  if (!paid) throw new Error('the dump has no payment');
  const none = { at: '2026-11-27T21:00:00.000Z', attempts: 1, declineCode: 'expired_card' };
  await failed(paid.purchase_id, { ...none, invoiceId: paid.id });
  await failed(paid.purchase_id, { ...none, invoiceId: 'in_gone' });
  await failed(paid.purchase_id, { ...none, invoiceId: 'in_gone', attempts: 2, at: '2026-11-29T21:00:00.000Z' });

  await migrate(databaseUrl);

  const tried = await sql(
    `select id, state, attempts, decline_code, failed_at, canceled_at is not null as is_canceled from payments
     where failed_at is not null order by failed_at, id`,
  );
  const told = { decline_code: 'expired_card', failed_at: '2026-11-27 21:00:00+00' };
  expect(tried).toEqual(
    expect.arrayContaining([
      { ...told, id: paid.id, state: 'partially_refunded', attempts: 1, is_canceled: false },
      { ...told, id: 'in_gone', state: 'canceled', attempts: 2, is_canceled: true },
      expect.objectContaining({
        state: 'failed',
        attempts: 1,
        failed_at: '2027-05-28 21:00:00+00',
        is_canceled: false,
      }),
    ]),
  );
  expect(tried).toHaveLength(3);
});
