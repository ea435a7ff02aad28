import { expect, test } from '@jest/globals';
import { migrate } from '../../../db/migrate.ts';
import { aDumpOf } from '../../ground/dumps.ts';
import { databaseUrl, orm, useOrm } from '../../ground/orm.ts';

useOrm(undefined, () => aDumpOf('0.1.0'));

const sql = <Row extends object>(text: string): Promise<Row[]> => orm.em.fork().execute<Row[]>(text);

test('what was paid and given back before is numbered in the order of its instants, and the next goes on', async () => {
  await migrate(databaseUrl);

  const [count] = await sql<{ payments: number; refunds: number }>(
    `select (select count(*)::int from payments where paid_at is not null) as payments,
       (select count(*)::int from refunds where status = 'succeeded') as refunds`,
  );
  expect(count!.payments).toBeGreaterThan(10);
  expect(count!.refunds).toBeGreaterThan(0);
  const wrong = await sql(
    `select * from (
       select r.number, row_number() over (partition by r.account_id, r.kind order by coalesce(f.created_at, p.paid_at), coalesce(f.id, p.id)) as nth
       from receipts r join payments p on p.account_id = r.account_id and p.id = r.payment_id
         left join refunds f on f.account_id = r.account_id and f.id = r.refund_id) numbered
     where number <> nth`,
  );
  expect(wrong).toEqual([]);
  expect(await sql(`select kind, count(*)::int as count from receipts group by 1 order by 1`)).toEqual([
    { kind: 'credit_note', count: count!.refunds },
    { kind: 'receipt', count: count!.payments },
  ]);
  const last = await sql(
    `select c.account_id from receipt_counters c
     where last <> (select max(number) from receipts r where r.account_id = c.account_id and r.kind = c.kind)`,
  );
  expect(last).toEqual([]);
});
