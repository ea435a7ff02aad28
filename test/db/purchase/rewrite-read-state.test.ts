import { expect, test } from '@jest/globals';
import { migrate } from '../../../db/migrate.ts';
import { rewriteReadState } from '../../../db/purchase/rewrite-read-state.ts';
import { aDumpOf } from '../../ground/dumps.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm(undefined, async () => {
  const database = await aDumpOf('0.1.0');
  await migrate(database.url);
  return database;
});

const sql = (text: string): Promise<Record<string, unknown>[]> => orm.em.fork().execute(text);

/** What is read, without what the snapshot itself and its instant are. */
const read = async () => ({
  purchases: await sql(`select to_jsonb(p) - 'snapshot' - 'updated_at' as row from purchases p order by id`),
  products: await sql('select * from purchase_products order by 1, 2'),
  payments: await sql('select * from payments order by id'),
  refunds: await sql('select * from refunds order by id'),
});

const SPOILT = [
  `update purchases set started_at = null, version = 0, billing_status = 'none', access_status = 'none', is_live = false, cancel_at = null, next_charge_at = null where revision > 0`,
  `update purchases set access_until = null, next_due_at = null, next_due_kind = null, own_due_at = null, has_pending = false, needs_attention = false where revision > 0`,
  `update purchases set billing_without_access = true, stuck_reason = null, stripe_subscription_id = null, duplicate_of = null where revision > 0`,
  `update payments set refunded_minor = 0, amount_minor = 1, disputed_at = now(), disputes = '[{}]'`,
  `update payments set failed_at = now(), attempts = 7, next_try_at = null, canceled_at = now() where paid_at is null`,
  `delete from refunds`,
  `update purchase_products set open = not open, until = now(), starts_at = null`,
];

test('everything that is read is derived anew, as it was: of a database of 0.1.0 as of one of today', async () => {
  const before = await read();
  for (const statement of SPOILT) await sql(statement);

  const answer = await rewriteReadState(orm.em.fork());

  // All but a checkout that nobody has paid, of which nothing was ever recorded.
  expect(answer).toEqual({ rewritten: before.purchases.length - 1, skipped: 0 });
  expect(await read()).toEqual(before);
});

test('epoch and revision stay, so that no running workflow loses its claim', async () => {
  const before = await sql('select id, epoch, revision from purchases order by id');

  await rewriteReadState(orm.em.fork());

  expect(await sql('select id, epoch, revision from purchases order by id')).toEqual(before);
});
