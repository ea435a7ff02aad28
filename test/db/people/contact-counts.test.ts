import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { scopeTo } from '../../../db/account-scope.ts';
import type { Orm } from '../../../db/orm.ts';
import { countSegments } from '../../../db/people/contact-list.ts';
import { recountContacts } from '../../../db/people/recount-contacts.ts';
import { openOrm } from '../../../db/orm.ts';
import { anAccount } from '../../builders/rows.ts';
import { createDatabase, type TestDatabase } from '../../ground/postgres.ts';

let database: TestDatabase;
let orm: Orm;
const accounts: string[] = [];
const clients: pg.Client[] = [];

beforeAll(async () => {
  database = await createDatabase();
  orm = await openOrm({ url: database.url });
  for (let n = 0; n < 2; n += 1) {
    accounts.push((await anAccount(orm.em.fork())).accountId);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    // Whoever waits for a row of the counts fails.
    await client.query(`set lock_timeout = '2s'`);
    clients.push(client);
  }
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await orm.close();
  await database.drop();
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> => orm.em.fork().execute(text, values);
const kept = (accountId: string) => countSegments(scopeTo(orm.em.fork(), accountId));

async function counted(accountId: string): Promise<unknown> {
  const [row] = await sql(
    `select count(*)::int as "all", count(customer_since)::int as customers,
       (count(*) filter (where marketing_status = 'subscribed'))::int as subscribed from contacts where account_id = ? and not is_test`,
    [accountId],
  );
  return row;
}

/** `$1`: the account; `$2`: the addresses of two people, who may or may not be there. */
const CHANGES = {
  made: `insert into contacts (id, account_id, email, customer_since, marketing_status, created_at)
    select uuidv7(), $1, email, null, 'never_subscribed', now() from unnest($2::text[]) email on conflict (account_id, email) do nothing`,
  madeAsCustomers: `insert into contacts (id, account_id, email, customer_since, marketing_status, created_at)
    select uuidv7(), $1, email, now(), 'subscribed', now() from unnest($2::text[]) email
    on conflict (account_id, email) do update set customer_since = excluded.customer_since`,
  madeToTest: `insert into contacts (id, account_id, email, customer_since, marketing_status, created_at, is_test)
    select uuidv7(), $1, 'test-' || email, now(), 'subscribed', now(), true from unnest($2::text[]) email
    on conflict (account_id, email) do nothing`,
  becameCustomers: `update contacts set customer_since = now() where account_id = $1 and email = any($2)`,
  subscribed: `update contacts set marketing_status = 'subscribed' where account_id = $1 and email = any($2)`,
  left: `update contacts set marketing_status = 'unconfirmed' where account_id = $1 and email = any($2)`,
  renamed: `update contacts set name = email where account_id = $1 and email = any($2)`,
  deleted: `delete from contacts where account_id = $1 and email = any($2)`,
};

/** Each of two transactions at a time has people of its own, so that only counts could collide. */
const change = fc.record({
  name: fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])),
  of: fc.nat({ max: 1 }),
  people: fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })),
});
const transaction = fc.record({ changes: fc.array(change, { maxLength: 6 }), isKept: fc.boolean() });

test('kept counts equal a count after any sequence of changes, in transactions that overlap', async () => {
  await fc.assert(
    fc.asyncProperty(transaction, transaction, async (one, other) => {
      for (const client of clients) await client.query('begin');
      for (let n = 0; n < 6; n += 1)
        for (const [index, { changes }] of [one, other].entries()) {
          const next = changes[n];
          if (!next) continue;
          const people = [...new Set(next.people)].map((person) => `${index}-${person}@example.com`);
          await clients[index]!.query(CHANGES[next.name], [accounts[next.of], people]);
        }
      for (const [index, { isKept }] of [one, other].entries())
        await clients[index]!.query(isKept ? 'commit' : 'rollback');

      for (const account of accounts) expect(await kept(account)).toEqual(await counted(account));
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('an account has as many rows of counts as transactions were ever open at one time', async () => {
  const [{ rows } = { rows: 0 }] = await sql<{ rows: number }>(
    'select count(*)::int as rows from contact_counts where account_id = ?',
    [accounts[0]],
  );

  expect(rows).toBe(2);
});

test('counts that were spoilt are put right beside an open transaction, and only those', async () => {
  const [writer] = clients;
  await writer!.query('begin');
  await writer!.query(CHANGES.madeAsCustomers, [accounts[0], ['late@example.com']]);
  await sql('update contact_counts set contacts = contacts + 3, subscribed = subscribed - 1 where account_id = ?', [
    accounts[1],
  ]);

  const wrong = await recountContacts(orm.em.fork());
  await writer!.query('commit');

  expect(wrong).toBe(1);
  expect(await recountContacts(orm.em.fork())).toBe(0);
  for (const account of accounts) expect(await kept(account)).toEqual(await counted(account));
});
