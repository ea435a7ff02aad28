import { expect, test } from '@jest/globals';
import { migrate } from '../../../db/migrate.ts';
import { keepOwnStripeAccount } from '../../../db/money/own-stripe-account.ts';
import { aDumpOf } from '../../ground/dumps.ts';
import { databaseUrl, orm, useOrm } from '../../ground/orm.ts';

useOrm(undefined, () => aDumpOf('0.1.0'));

const sql = <Row extends object>(text: string): Promise<Row[]> => orm.em.fork().execute<Row[]>(text);

test('customers and prices stay with the Stripe account that they were made in, once it is known', async () => {
  const customers = await sql(
    'select id as holder_id, stripe_customer_id, stripe_clock_id from contacts where stripe_customer_id is not null order by id',
  );
  const prices = await sql('select id, stripe_price_id from offers where stripe_price_id is not null order by id');
  expect([customers.length > 0, prices.length > 0]).toEqual([true, true]);

  await migrate(databaseUrl);
  await keepOwnStripeAccount(orm.em.fork(), 'acct_platform');

  expect(
    await sql(
      `select holder_id, stripe_customer_id, stripe_clock_id from stripe_customers
       where stripe_account = 'acct_platform' and stripe_customer_id is not null order by holder_id`,
    ),
  ).toEqual(customers);
  expect(
    await sql(
      `select offer_id as id, stripe_price_id from stripe_prices where stripe_account = 'acct_platform' order by offer_id`,
    ),
  ).toEqual(prices);
});
